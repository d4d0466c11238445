import { z } from 'zod';
import { message } from '../message.ts';

/** Forecasts are to be scored, and written with their scores to where they were asked from. */
export const ScoresRequested = message('scores.requested', z.object({ jobId: z.string() }));

/** Forecasts wait to be scored: for their turn, or until the warehouse can take them. */
export const ScoresDeferred = message('scores.deferred', z.object({ jobId: z.string(), since: z.int() }));

/** Scores and forecasts are where they belong; a warehouse says that they are available. */
export const ScoresWritten = message(
  'scores.written',
  z.object({
    jobId: z.string(),
    metrics: z.record(z.string(), z.number()),
    /** of each model alone, on the same backtests */
    models: z.record(z.string(), z.record(z.string(), z.number())),
  }),
);

/** The forecasts could not be scored or written. */
export const ScoresFailed = message(
  'scores.failed',
  z.object({ jobId: z.string(), code: z.string().optional(), reasons: z.array(z.string()) }),
);
