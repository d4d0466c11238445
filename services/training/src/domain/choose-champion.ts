import { isDeath } from './trial-error.ts';

/** A trial that ended well, as the choice sees it. */
export interface Contender {
  readonly version: number;
  readonly kind: 'candidate' | 'champion';
  readonly algorithm: string;
  /** on validation, by which the candidates are compared; absent where nothing was validated */
  readonly validation?: number;
  /** on the held-out rows, by which the best candidate is compared with the present champion */
  readonly test: number;
  readonly position: number;
}

/** What is known of the champion, besides its score among the contenders. */
export interface Throne {
  /** who has it now */
  readonly present?: number | undefined;
  /** why its evaluation gave no score */
  readonly error?: string | undefined;
}

export interface Choice {
  /** the version to promote; absent when the present champion stays */
  readonly promote?: number;
  readonly reason: string;
}

interface Metric {
  readonly name: string;
  readonly greaterIsBetter: boolean;
}

/**
 * Chooses which version shall answer predictions. The best candidate is the best on validation; the held-out rows,
 * which took no part in that, then decide between it and the present champion. The baseline is always among the
 * candidates, so the champion is never worse than it; an equal score promotes nobody. A champion that does not suit
 * the table makes room; one whose evaluation died stays, since nobody knows that it is worse.
 */
export function chooseChampion(contenders: readonly Contender[], throne: Throne, metric: Metric): Choice {
  const best = bestCandidate(contenders, metric);
  if (best === undefined) return { reason: 'no trial succeeded' };
  const { present, error } = throne;
  const won = sentence(best, metric);
  if (present === undefined) return { promote: best.version, reason: won };
  const champion = contenders.find(({ kind, version }) => kind === 'champion' && version === present);
  if (champion === undefined && (error === undefined || isDeath(error))) {
    const why = error ?? 'it was not evaluated';
    return { reason: `version ${present} stays: how good it is on the held-out rows is not known (${why})` };
  }
  if (champion === undefined) {
    return { promote: best.version, reason: `${won}; version ${present} has no score on this table (${error})` };
  }
  if (gain(best.test, champion.test, metric) > 0) {
    return { promote: best.version, reason: `${won}, against ${round(champion.test)} of version ${present}` };
  }
  return {
    reason: `version ${present} stays: its ${metric.name} on the held-out rows is ${round(champion.test)}, the best new one's ${round(best.test)}`,
  };
}

function sentence({ algorithm, validation, test }: Contender, { name }: Metric): string {
  if (validation === undefined) return `${algorithm} has the best ${name} on the held-out rows: ${round(test)}`;
  return `${algorithm} has the best ${name} on validation: ${round(validation)}, and on the held-out rows ${round(test)}`;
}

function bestCandidate(contenders: readonly Contender[], metric: Metric): Contender | undefined {
  const candidates = contenders.filter(({ kind }) => kind === 'candidate');
  const validated = candidates.filter(({ validation }) => validation !== undefined);
  // One without a score on validation cannot be compared with those that have one.
  return (validated.length > 0 ? validated : candidates).toSorted(
    (a, b) =>
      gain(b.validation ?? b.test, a.validation ?? a.test, metric) || rank(a) - rank(b) || a.position - b.position,
  )[0];
}

function gain(score: number, against: number, { greaterIsBetter }: Metric): number {
  return greaterIsBetter ? score - against : against - score;
}

/** At equal scores anything that looked at the inputs comes before the baseline, which did not. */
function rank({ algorithm }: Contender): number {
  return algorithm === 'baseline' ? 1 : 0;
}

function round(score: number): string {
  return String(Number(score.toPrecision(5)));
}
