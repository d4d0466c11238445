import { sageMakerPrefix } from '@bellwether/sagemaker';

/** Where what a batch prediction and its transform job exchange lies in the bucket. */
export function transformPlaces(tenantId: string, jobId: string) {
  const prefix = `${sageMakerPrefix}${tenantId}/${jobId}/`;
  return {
    prefix,
    rows: `${prefix}rows/rows.csv`,
    model: `${prefix}model.tar.gz`,
    output: `${prefix}predictions`,
    predicted: `${prefix}predictions/rows.csv.out`,
  };
}
