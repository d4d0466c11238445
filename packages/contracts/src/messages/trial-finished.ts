import { z } from 'zod';
import { message } from '../message.ts';

/** A trial reached its terminal state. */
export const TrialFinished = message(
  'trial.finished',
  z.object({
    jobId: z.string(),
    trialId: z.string(),
    algorithm: z.string(),
    status: z.enum(['succeeded', 'failed', 'cancelled', 'pruned']),
    /** value of the job's metric, on validation where there is one; absent when the trial did not succeed */
    score: z.number().optional(),
  }),
);
