import { isDeath } from './trial-error.ts';

/** A trial that ended well, as the choice sees it. */
export interface Contender {
  readonly version: number;
  readonly kind: 'candidate' | 'champion';
  readonly algorithm: string;
  readonly score: number;
  readonly position: number;
}

/** What is known of the champion, besides its score among the contenders. */
export interface Throne {
  /** who has it now */
  readonly present?: number | undefined;
  /** who had it when the trials were planned, and was evaluated with them */
  readonly evaluated?: number | undefined;
  /** why that evaluation gave no score */
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
 * Chooses which version shall answer predictions, all compared on the same held-out rows. The baseline is always among
 * the contenders, so the champion is never worse than it; an equal score promotes nobody. A champion that does not suit
 * the table makes room; one whose evaluation died stays, since nobody knows that it is worse.
 */
export function chooseChampion(contenders: readonly Contender[], throne: Throne, metric: Metric): Choice {
  const best = bestCandidate(contenders, metric);
  if (best === undefined) return { reason: 'no trial succeeded' };
  const { present, evaluated, error = 'it was not evaluated' } = throne;
  // Somebody promoted another version while the trials ran: theirs was a decision, ours would be a guess.
  if (present !== evaluated) return { reason: `version ${present} was promoted while this job ran` };
  const won = `${best.algorithm} has the best ${metric.name} on the held-out rows: ${round(best.score)}`;
  if (present === undefined) return { promote: best.version, reason: won };
  const champion = contenders.find(({ kind }) => kind === 'champion');
  if (champion === undefined && isDeath(error)) {
    return { reason: `version ${present} stays: how good it is on the held-out rows is not known (${error})` };
  }
  if (champion === undefined) {
    return { promote: best.version, reason: `${won}; version ${present} has no score on this table (${error})` };
  }
  if (gain(best.score, champion.score, metric) > 0) {
    return { promote: best.version, reason: `${won}, against ${round(champion.score)} of version ${present}` };
  }
  return {
    reason: `version ${present} stays: its ${metric.name} on the held-out rows is ${round(champion.score)}, the best new one's ${round(best.score)}`,
  };
}

function bestCandidate(contenders: readonly Contender[], metric: Metric): Contender | undefined {
  return contenders
    .filter(({ kind }) => kind === 'candidate')
    .toSorted((a, b) => gain(b.score, a.score, metric) || rank(a) - rank(b) || a.position - b.position)[0];
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
