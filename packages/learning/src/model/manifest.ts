import { ColumnKind, Task } from '@bellwether/contracts';
import { z } from 'zod';
import { FittedInput } from '../preprocessing/encoding.ts';
import { Label, maxClasses } from '../preprocessing/fit-target.ts';
import { Intervals } from './intervals.ts';

export const modelFormat = 'bellwether-model';
export const modelFormatVersion = 1;

/** Everything about a model that a person may want to read; JSON. */
export const Manifest = z
  .strictObject({
    format: z.literal(modelFormat),
    formatVersion: z.literal(modelFormatVersion),
    task: Task,
    algorithm: z.string(),
    /** as resolved: defaults are filled in */
    hyperparameters: z.record(z.string(), z.unknown()),
    seed: z.int(),
    trainedRows: z.int().positive(),
    /** all columns of the trained table but the target, in its order, with the fitted preprocessing of those used */
    inputs: z.array(FittedInput),
    target: z.strictObject({
      name: z.string(),
      kind: ColumnKind,
      /** the model was trained on log(1 + target), and turns its output back */
      logTransformed: z.boolean(),
      /** classification: what the class indices stand for */
      labels: z
        .array(Label)
        .min(1)
        .max(maxClasses)
        .refine((labels) => new Set(labels).size === labels.length, 'a label occurs twice')
        .optional(),
    }),
    /** regression: absent where too few rows were held out, and in models of before */
    intervals: Intervals.optional(),
  })
  .refine(
    ({ task, target }) => (task === 'classification') === (target.labels !== undefined),
    'labels belong to a classification, and only to it',
  )
  .refine(({ inputs }) => inputs.every((input) => input.used === (input.encoding !== undefined)), {
    message: 'an input is used when it has an encoding',
  });
export type Manifest = z.infer<typeof Manifest>;
