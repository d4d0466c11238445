import type { Client } from '../client/client.ts';
import { completeJob } from '../client/complete-job.ts';
import { printJson } from '../commands/connected.ts';
import { count, plural } from '../terminal/figures.ts';
import { printable } from '../terminal/printable.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface DatasetToPredict {
  readonly model: string;
  readonly datasetId: string;
  readonly version?: number | undefined;
  readonly name?: string | undefined;
  /** coverage */
  readonly interval?: number | undefined;
  readonly json?: boolean | undefined;
}

/** What a batch prediction's job says when it has succeeded. */
interface Result {
  readonly datasetId: string;
  readonly version: number;
  readonly rows: number;
  readonly predictionColumn: string;
  readonly probabilityColumns: readonly string[];
  readonly interval?: { readonly lower: string; readonly upper: string };
}

/** Predicts every row of a dataset on the server, and says which dataset has the predictions. */
export async function predictDataset(
  terminal: Terminal,
  client: Client,
  { model, datasetId, version, name, interval, json }: DatasetToPredict,
  signal: AbortSignal,
): Promise<void> {
  const progress = createProgress(terminal.err, terminal.env, json);
  const body = { datasetId, version, name, interval };
  const { job } = await client.call('createBatchPrediction', { params: { name: model }, body }, signal);
  const ended = await completeJob(client, job, `predicting dataset ${datasetId}`, progress, signal);
  if (json) return printJson(terminal, ended);
  const result = ended.result as unknown as Result;
  terminal.out.write(`${result.datasetId}\n`);
  const ends = result.interval === undefined ? [] : [result.interval.lower, result.interval.upper];
  const columns = [result.predictionColumn, ...ends, ...result.probabilityColumns];
  const shown =
    columns.length > 5 ? `${columns.slice(0, 4).join(', ')} and ${count(columns.length - 4)} more` : columns.join(', ');
  progress.line(
    printable(`${plural(result.rows, 'row')} predicted by ${model} version ${result.version}, in: ${shown}`),
  );
  const next = [`datasets ${result.datasetId}`, `evaluate ${result.datasetId} <dataset of actual values>`];
  for (const command of next) progress.line(`  ${terminal.invocation} ${command}`);
}
