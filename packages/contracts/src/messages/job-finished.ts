import { z } from 'zod';
import { message } from '../message.ts';

/** A job of any kind reached its terminal state. One type per service that accepts jobs, since a message has one source. */
const body = z.object({
  jobId: z.string(),
  status: z.enum(['succeeded', 'failed', 'cancelled']),
  reason: z.string().optional(),
});

export const AutomationFinished = message('automation.finished', body);
export const TrainingFinished = message('training.finished', body);
export const EnrichmentFinished = message('enrichment.finished', body);
export const PredictionFinished = message('prediction.finished', body);
export const EvaluationFinished = message('evaluation.finished', body);
export const ForecastFinished = message('forecast.finished', body);
