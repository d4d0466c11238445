import { message } from '../message.ts';
import { PredictionRequested } from './prediction-requested.ts';

/** A batch prediction's transform job is on SageMaker, or waits for room there; the message waits with it. */
export const PredictionSubmitted = message('prediction.submitted', PredictionRequested.body);
