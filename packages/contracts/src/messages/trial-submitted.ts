import { message } from '../message.ts';
import { TrialRequested } from './trial-requested.ts';

/** A trial's job is on SageMaker, or waits for room there. Nobody tells when it ends, so this message waits with it. */
export const TrialSubmitted = message('trial.submitted', TrialRequested.body);
