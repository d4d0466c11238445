import { basename } from 'node:path';
import type { Dataset } from '@bellwether/contracts';
import { awaitDataset } from '../client/await-dataset.ts';
import type { Client } from '../client/client.ts';
import { type DatasetToUpload, uploadDataset } from '../client/upload-dataset.ts';
import { problemLine } from '../data-problems.ts';
import { CommandFailure } from '../failure.ts';
import { plural } from '../terminal/figures.ts';
import type { Progress } from '../terminal/progress.ts';

/**
 * Uploads a file and waits until it is ready.
 *
 * @throws CommandFailure `dataset-rejected` with every problem of the data
 */
export async function uploadAndValidate(
  client: Client,
  upload: DatasetToUpload,
  progress: Progress,
  signal: AbortSignal,
): Promise<Dataset> {
  const label = `uploading ${basename(upload.file)}`;
  progress.show(label, 0);
  const announced = await uploadDataset(client, upload, (share) => progress.show(label, share), signal);
  progress.show(`reading ${basename(upload.file)}`);
  const dataset = await awaitDataset(client, announced.id, signal);
  progress.clear();
  checkReady(dataset);
  const shape = `${plural(dataset.rows ?? 0, 'row')}, ${plural(dataset.schema?.length ?? 0, 'column')}`;
  progress.line(`${basename(upload.file)}: ${shape} (dataset ${dataset.id})`);
  for (const problem of dataset.problems) progress.line(`  ${problemLine(problem)}`);
  return dataset;
}

/** @throws CommandFailure `dataset-rejected`, `dataset-not-ready` */
export function checkReady(dataset: Dataset): void {
  if (dataset.status === 'rejected') {
    throw new CommandFailure('dataset-rejected', `The table ${dataset.name} was rejected.`, {
      lines: dataset.problems.map(problemLine),
      cure: 'Mend the file, or name other columns, and try again.',
    });
  }
}
