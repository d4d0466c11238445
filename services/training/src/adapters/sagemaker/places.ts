import { sageMakerPrefix } from '@bellwether/sagemaker';

/** Where what a trial and SageMaker exchange lies in the bucket. */
export interface TrialPlaces {
  /** all of it */
  readonly prefix: string;
  readonly train: string;
  readonly validation: string;
  /** written last: when it is there, the channels are complete */
  readonly prepared: string;
  readonly output: string;
}

export function placesOf(tenantId: string, trialId: string): TrialPlaces {
  const prefix = `${sageMakerPrefix}${tenantId}/${trialId}/`;
  return {
    prefix,
    train: `${prefix}train/rows.csv`,
    validation: `${prefix}validation/rows.csv`,
    prepared: `${prefix}prepared.json`,
    output: `${prefix}output`,
  };
}
