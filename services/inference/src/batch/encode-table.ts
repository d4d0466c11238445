import { closeSync, openSync, writeSync } from 'node:fs';
import { Problem } from '@bellwether/contracts';
import { eachBlock } from '@bellwether/datasets';
import { encodeRows, featureNames, type Model } from '@bellwether/learning';
import { channelLines } from '@bellwether/sagemaker';
import type { PredictionTask } from './prediction-task.ts';

/**
 * Writes the rows of a table as a transform job of SageMaker takes them: encoded by the model's own preprocessing, CSV
 * without label or header. Runs in a child process.
 *
 * @throws Problem `sagemaker-one-feature`, `column-type-mismatch`
 */
export async function encodeTable(
  task: Pick<PredictionTask, 'table' | 'columns'>,
  path: string,
  { manifest }: Model,
  onProgress: (fraction: number) => void,
): Promise<{ rows: number }> {
  if (featureNames(manifest.inputs).length < 2) {
    const detail = 'SageMaker’s XGBoost guesses what separates columns, and cannot where there is only one.';
    throw new Problem(422, 'sagemaker-one-feature', detail, {
      field: 'backend',
      cure: 'Predict with backend "local".',
    });
  }
  const file = openSync(path, 'w');
  try {
    const all = await eachBlock(task.table, task.columns.inputs, (block) => {
      const rows = Int32Array.from({ length: block.rows }, (_, row) => row);
      for (const chunk of channelLines(encodeRows(manifest.inputs, block, rows))) writeSync(file, chunk);
    });
    onProgress(1);
    return all;
  } finally {
    closeSync(file);
  }
}
