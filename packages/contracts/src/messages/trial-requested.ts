import { z } from 'zod';
import { message } from '../message.ts';

/** One attempt of a training job is to be run; its row holds algorithm, hyperparameters and seed. */
export const TrialRequested = message('trial.requested', z.object({ jobId: z.string(), trialId: z.string() }));

/** A trial did not survive its attempts. */
export const TrialFailed = message('trial.failed', TrialRequested.body.extend({ reasons: z.array(z.string()) }));
