/** A gain that is smaller does not count against patience. */
const leastGain = 1e-4;

export interface EarlyStopping {
  /** Takes an epoch's loss and its parameters, which are copied when they are the best so far. */
  readonly observe: (loss: number, parameters: Float64Array) => void;
  readonly isOver: () => boolean;
  readonly best: () => { readonly loss: number; readonly parameters: Float64Array };
}

/**
 * Remembers the best parameters, and is over once `patience` epochs in a row brought nothing.
 * @param initial what is best before any epoch
 */
export const createEarlyStopping = (patience: number, initial: Float64Array): EarlyStopping => {
  const parameters = initial.slice();
  let loss = Number.POSITIVE_INFINITY;
  let idle = 0;
  return {
    observe: (reached, candidate) => {
      idle = reached < loss - leastGain ? 0 : idle + 1;
      if (!(reached < loss)) return;
      loss = reached;
      parameters.set(candidate);
    },
    isOver: () => idle >= patience,
    best: () => ({ loss, parameters }),
  };
};
