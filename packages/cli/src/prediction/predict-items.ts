import type { Client } from '../client/client.ts';
import { completeJob } from '../client/complete-job.ts';
import { printJson } from '../commands/connected.ts';
import { plural } from '../terminal/figures.ts';
import { printable } from '../terminal/printable.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface ItemsToPredict {
  readonly model: string;
  readonly periods?: number | undefined;
  /** of the dataset of predictions */
  readonly name?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Predicts the next periods of all items on the server, and says which dataset has the predictions. */
export async function predictItems(
  terminal: Terminal,
  client: Client,
  { model, periods = 1, name, json }: ItemsToPredict,
  signal: AbortSignal,
): Promise<void> {
  const progress = createProgress(terminal.err, terminal.env, json);
  const body = { periods, ...(name === undefined ? {} : { name }) };
  const { job } = await client.call('createNextPeriods', { params: { name: model }, body }, signal);
  const ended = await completeJob(client, job, `predicting the items of ${model}`, progress, signal);
  if (json) return printJson(terminal, ended);
  const { datasetId, version, rows } = ended.result as { datasetId: string; version: number; rows: number };
  terminal.out.write(`${datasetId}\n`);
  progress.line(printable(`${plural(rows, 'row')} of items and periods, predicted by ${model} version ${version}`));
  progress.line(`  ${terminal.invocation} datasets ${datasetId}`);
}
