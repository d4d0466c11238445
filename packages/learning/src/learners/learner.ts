import type { z } from 'zod';
import type { Matrix } from '../preprocessing/encode-frame.ts';
import type { Label } from '../preprocessing/fit-target.ts';
import type { Preparation } from '../preprocessing/preparation.ts';
import type { SearchFacts, SearchSpace } from '../search/search-space.ts';
import type { Task } from '../task.ts';
import type { LearnedParameters } from './learned-parameters.ts';

/** What a learner learns from. */
export interface Design {
  readonly task: Task;
  readonly x: Matrix;
  /** a number for each row of `x`: the value to predict, or the index of its class as a whole number */
  readonly y: Float64Array;
  /** number of classes that occur in `y`; 0 for a regression */
  readonly classes: number;
  /** rows whose loss may say when to stop; nothing else is learned from them */
  readonly validation?: { readonly x: Matrix; readonly y: Float64Array };
  /** classification: what the classes' indices stand for, for hyperparameters that name them */
  readonly labels?: readonly Label[];
}

export interface FitContext {
  /** the only source of randomness: the same seed gives the same bits */
  readonly seed: number;
  /** takes the share of the work that is done, 0 to 1 */
  readonly onProgress: (fraction: number) => void;
  /** how many threads may work on it; what is learned does not depend on it */
  readonly threads?: number;
}

/** What a model's parameters were learned for. */
export type Shape = Pick<Design, 'task' | 'classes'> & { readonly features: number };

/**
 * Scores single rows. A scorer may keep scratch memory, so two threads must not share one.
 */
export interface Scorer {
  /** `decision`: one number a class (binary: one in all, positive for class 1), the largest wins; not probabilities */
  readonly output: 'value' | 'probabilities' | 'decision';
  /** how many numbers `score` writes */
  readonly width: number;
  /** Reads the row that starts at `x[from]`, writes from `out[at]` on. */
  readonly score: (x: Float64Array, from: number, out: Float64Array, at: number) => void;
  /**
   * Explains one raw score of the row that starts at `x[from]`: writes the SHAP value of each feature from `out[at]` on
   * and returns the base value; together they add up to the raw score. Absent from learners that cannot say.
   *
   * @param k 0 for a regression, whose raw score is its value, and for two classes, whose one raw score is the log-odds
   *   of class 1; else the class
   */
  readonly contributions?: (x: Float64Array, from: number, k: number, out: Float64Array, at: number) => number;
}

export type Hyperparameters = Readonly<Record<string, unknown>>;

/** A promise from learners that wait for threads of their own. */
export type Fitted = LearnedParameters | Promise<LearnedParameters>;

interface LearnerParts {
  /** its name in requests: `linear` */
  readonly algorithm: string;
  /** one sentence for people */
  readonly description: string;
  readonly tasks: readonly Task[];
  readonly preparation: Preparation;
  /** refused above it, since the time or memory would grow too fast */
  readonly maxRows?: number;
  /** classification: refused above it, for the same reason; no learner takes more than 1000 */
  readonly maxClasses?: number;
  /** what a hyperparameter search varies; absent when there is nothing to vary */
  readonly searchSpace?: (facts: SearchFacts) => SearchSpace;
  /**
   * The hyperparameters of a model of all rows, from those of models of parts of them that watched the loss on the rest:
   * one that stops early says here after how many rounds. Only learners that look at `validation` have it.
   */
  readonly settle?: (hyperparameters: Hyperparameters, parts: readonly LearnedParameters[]) => Hyperparameters;
  /** @throws Problem `model-invalid` when the parameters do not fit the shape */
  readonly predictor: (parameters: LearnedParameters, shape: Shape) => Scorer;
}

export interface LearnerDefinition<Schema extends z.ZodObject> extends LearnerParts {
  /** strict, each field with a default and a description; `.meta({ tasks })` marks a field of one task only */
  readonly hyperparameters: Schema;
  readonly fit: (design: Design, hyperparameters: z.output<Schema>, context: FitContext) => Fitted;
}

export interface Learner extends LearnerParts {
  readonly hyperparameters: z.ZodObject;
  readonly fit: (design: Design, hyperparameters: Hyperparameters, context: FitContext) => Fitted;
}

/** Hides the type of a learner's hyperparameters, so that all learners fit into one registry. */
export const defineLearner = <Schema extends z.ZodObject>(definition: LearnerDefinition<Schema>): Learner => ({
  ...definition,
  fit: (design, hyperparameters, context) =>
    definition.fit(design, definition.hyperparameters.parse(hyperparameters), context),
});
