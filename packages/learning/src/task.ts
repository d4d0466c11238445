import { z } from 'zod';

/** What a model predicts: a number, or one of the labels that the target held in training. */
export const Task = z.enum(['regression', 'classification']).meta({ id: 'Task' });
export type Task = z.infer<typeof Task>;
