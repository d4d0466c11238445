import type { Label } from '../preprocessing/fit-target.ts';

/** What a model predicts, as far as its outputs depend on it. */
export interface Target {
  /** the model was trained on log(1 + target), and turns its output back */
  readonly logTransformed: boolean;
  /** classification: what the class indices stand for */
  readonly labels?: readonly Label[] | undefined;
}

/** Turns a score back into the target's units. */
export const valueOfScore = (score: number, logTransformed: boolean): number =>
  // clipped, because JSON has no infinity and an extrapolated logarithm can be anything
  logTransformed ? Math.min(Math.expm1(score), Number.MAX_VALUE) : score;
