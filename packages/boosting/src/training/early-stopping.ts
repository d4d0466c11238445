import { lossOf } from './losses.ts';
import type { Parameters } from './parameters.ts';
import type { Labelled, Workspace } from './workspace.ts';

/** Watches the loss on validation rows. */
export interface Stopper {
  /** whether the loss has not fallen for as many rounds as allowed; to be asked after each round */
  readonly isOver: (round: number) => boolean;
  /** as XGBoost's: the best round, from 0 on, and its loss */
  readonly attributes: () => Record<string, string>;
}

export const createStopper = (
  { memory, plan, allRows, groups }: Workspace,
  validation: Labelled | undefined,
  parameters: Parameters,
): Stopper => {
  if (validation === undefined) return { isOver: () => false, attributes: () => ({}) };
  const first = allRows - validation.x.rows;
  const scores = Array.from(
    { length: groups },
    (_, group) =>
      new Float32Array(memory.buffer, plan.addresses.scores + 4 * (group * allRows + first), validation.x.rows),
  );
  const loss = lossOf(parameters);
  const patience = parameters.early_stopping_rounds ?? Number.POSITIVE_INFINITY;
  let best = Number.POSITIVE_INFINITY;
  let bestRound = 0;
  return {
    isOver: (round) => {
      const now = loss(scores, validation);
      if (now < best) {
        best = now;
        bestRound = round;
      }
      return round - bestRound >= patience;
    },
    attributes: () =>
      parameters.early_stopping_rounds === undefined
        ? {}
        : { best_iteration: String(bestRound), best_score: String(best) },
  };
};
