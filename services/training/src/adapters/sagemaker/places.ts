/** Everything of SageMaker's in the bucket. */
export const sageMakerPrefix = 'sagemaker/';

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

/** Which trial an object of SageMaker's belongs to. */
export function trialOfKey(key: string): string | undefined {
  return key.startsWith(sageMakerPrefix) ? key.split('/')[2] : undefined;
}

/** As SageMaker names a place; of an object its folder, since channels are prefixes. */
export function uriOf(bucket: string, key: string): string {
  return `s3://${bucket}/${key}`;
}

/** The key of an `s3://` place in our bucket; undefined for one elsewhere. */
export function keyOf(bucket: string, uri: string): string | undefined {
  const start = `s3://${bucket}/`;
  return uri.startsWith(start) ? uri.slice(start.length) : undefined;
}
