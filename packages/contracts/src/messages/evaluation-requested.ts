import { z } from 'zod';
import { message } from '../message.ts';

/** A job of kind `evaluation` was accepted; its row holds what is compared with what. */
export const EvaluationRequested = message('evaluation.requested', z.object({ jobId: z.string() }));

/** The evaluation could not be done after all its attempts. */
export const EvaluationFailed = message(
  'evaluation.failed',
  EvaluationRequested.body.extend({ reasons: z.array(z.string()) }),
);
