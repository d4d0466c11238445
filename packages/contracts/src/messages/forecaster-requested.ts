import { z } from 'zod';
import { FoundSettings } from '../forecasting/found-settings.ts';
import { message } from '../message.ts';

/** A forecaster is to be trained on the panel of a forecast. */
export const ForecasterRequested = message(
  'forecaster.requested',
  z.object({ jobId: z.string(), panelKey: z.string() }),
);

/**
 * One part of a forecaster is to be fitted: the global model at one origin, or the predictors of one chunk with their
 * backtests; the row of the fit says which.
 */
export const FitRequested = message('fit.requested', z.object({ jobId: z.string(), fitId: z.string() }));

/** A part of a forecaster is in work on SageMaker, or waits for room there. Nobody tells when it ends: this message waits. */
export const FitSubmitted = message('fit.submitted', FitRequested.body);

/** A part of a forecaster did not survive its attempts. */
export const FitFailed = message('fit.failed', FitRequested.body.extend({ reasons: z.array(z.string()) }));

/** A part of a forecaster is fitted, or has failed. */
export const FitFinished = message('fit.finished', FitRequested.body);

/** All global models of a forecaster are fitted; now its predictors are backtested. */
export const PredictorsTrained = message('predictors.trained', z.object({ jobId: z.string() }));

/** A forecaster is trained and backtested. */
export const ForecasterTrained = message(
  'forecaster.trained',
  z.object({
    jobId: z.string(),
    version: z.int(),
    /** what was searched for, by model */
    hyperparameters: z.record(z.string(), FoundSettings).optional(),
    /** what is to be known of its training, a sentence each */
    notes: z.array(z.string()).optional(),
  }),
);

/** A forecaster could not be trained. */
export const ForecasterFailed = message(
  'forecaster.failed',
  z.object({ jobId: z.string(), code: z.string().optional(), reasons: z.array(z.string()) }),
);

/** What training had made for a forecast is gone. */
export const ForecasterDiscarded = message('forecaster.discarded', z.object({ jobId: z.string() }));
