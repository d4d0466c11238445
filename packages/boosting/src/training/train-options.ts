import type { Parameters } from './parameters.ts';
import type { Labelled } from './workspace.ts';

export interface TrainOptions extends Labelled {
  /** rows for early stopping; nothing is learned from them */
  readonly validation?: Labelled;
  readonly parameters?: Partial<Parameters>;
  /** 1 unless given; the model does not depend on it */
  readonly threads?: number;
  readonly featureNames?: readonly string[];
  /** takes the share of the rounds that is done */
  readonly onProgress?: (fraction: number) => void;
}
