import type { Task as TaskSchema } from '@bellwether/contracts';
import type { z } from 'zod';

/** What a model predicts: a number, or one of the labels that the target held in training. */
export type Task = z.infer<typeof TaskSchema>;
