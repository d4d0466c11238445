/** Everything of SageMaker's in the bucket. */
export const sageMakerPrefix = 'sagemaker/';

/** As SageMaker names a place. */
export function uriOf(bucket: string, key: string): string {
  return `s3://${bucket}/${key}`;
}

/** The key of an `s3://` place in our bucket; undefined for one elsewhere. */
export function keyOf(bucket: string, uri: string): string | undefined {
  const start = `s3://${bucket}/`;
  return uri.startsWith(start) ? uri.slice(start.length) : undefined;
}
