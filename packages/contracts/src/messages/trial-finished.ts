import { z } from 'zod';
import { message } from '../message.ts';

/** A trial reached its terminal state. */
export const TrialFinished = message(
  'trial.finished',
  z.object({
    jobId: z.string(),
    trialId: z.string(),
    algorithm: z.string(),
    status: z.enum(['succeeded', 'failed', 'cancelled']),
    /** value of the job's metric on the held-out rows; absent when the trial did not succeed */
    score: z.number().optional(),
  }),
);
