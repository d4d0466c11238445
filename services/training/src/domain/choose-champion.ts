/** A trial that ended well, as the choice sees it. */
export interface Contender {
  readonly version: number;
  readonly kind: 'candidate' | 'champion';
  readonly algorithm: string;
  readonly score: number;
  readonly position: number;
}

export interface Choice {
  /** the version to promote; absent when the present champion stays */
  readonly promote?: number;
  readonly reason: string;
}

/**
 * Chooses which version shall answer predictions, all compared on the same held-out rows. The baseline is always among
 * the contenders, so the champion is never worse than it; an equal score promotes nobody.
 *
 * @param champion the present one, whether or not it could be evaluated on these rows
 */
export function chooseChampion(
  contenders: readonly Contender[],
  champion: number | undefined,
  metric: { readonly name: string; readonly greaterIsBetter: boolean },
): Choice {
  const sign = metric.greaterIsBetter ? 1 : -1;
  const order = (a: Contender, b: Contender) =>
    sign * (b.score - a.score) || rank(a) - rank(b) || a.position - b.position;
  const candidates = contenders.filter(({ kind }) => kind === 'candidate').toSorted(order);
  const best = candidates[0];
  if (best === undefined) return { reason: 'no trial succeeded' };
  const present = contenders.find(({ kind }) => kind === 'champion');
  const won = `${best.algorithm} has the best ${metric.name} on the held-out rows: ${round(best.score)}`;
  if (champion === undefined) return { promote: best.version, reason: won };
  if (present === undefined) {
    return { promote: best.version, reason: `${won}; version ${champion} does not fit this table any more` };
  }
  if (sign * (best.score - present.score) > 0) {
    return { promote: best.version, reason: `${won}, against ${round(present.score)} of version ${champion}` };
  }
  return {
    reason: `version ${champion} stays: its ${metric.name} on the held-out rows is ${round(present.score)}, the best new one's ${round(best.score)}`,
  };
}

/** At equal scores anything that looked at the inputs comes before the baseline, which did not. */
function rank({ algorithm }: Contender): number {
  return algorithm === 'baseline' ? 1 : 0;
}

function round(score: number): string {
  return String(Number(score.toPrecision(5)));
}
