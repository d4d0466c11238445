import type { ModelVersion } from '@bellwether/contracts';
import type { Client } from '../client/client.ts';
import { CommandFailure } from '../failure.ts';
import { duration, figure, plural } from '../terminal/figures.ts';
import { paintFor } from '../terminal/paint.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { uploadAndValidate } from '../training/dataset-steps.ts';
import { leaderboardTable } from '../training/leaderboard-table.ts';
import { championSentence, trainingResultOf } from '../training/training-result.ts';
import { type Trained, train } from '../training/training-steps.ts';
import { type SalesStory, salesLine, tellSales } from './sales-story.ts';
import { type DemoTable, demoTables } from './tables.ts';

interface Stage {
  readonly terminal: Terminal;
  readonly folder: string;
  readonly json: boolean;
  /** where economic series come from, as a sentence */
  readonly seriesFrom: string;
  /** `performance.now()` at which the command began */
  readonly started: number;
}

export interface DemoResult {
  readonly url: string;
  readonly tables: readonly {
    readonly model: string;
    readonly champion: ModelVersion;
    readonly prediction: unknown;
  }[];
  readonly sales: SalesStory;
  readonly requests: number;
  readonly seconds: number;
}

const algorithms = ['baseline', 'linear', 'svm'] as const;

/**
 * Shows the whole way on three tables, and checks what it shows.
 *
 * @throws CommandFailure `demo-wrong` when a result is not what it has to be
 */
export async function runDemo(client: Client, stage: Stage, signal: AbortSignal): Promise<DemoResult> {
  const { terminal, json, started } = stage;
  const say = (text: string) => {
    if (!json) terminal.out.write(text);
  };
  const paint = paintFor(terminal.out, terminal.env);
  say(`All five services run at ${client.url} on a temporary folder.\n`);
  const tables: DemoResult['tables'][number][] = [];
  for (const demoTable of await demoTables(stage.folder)) {
    say(`\n${paint('bold', demoTable.title)}\n`);
    const progress = createProgress(terminal.out, terminal.env, json);
    const { trained, seconds } = await trainTable(client, demoTable, progress, signal);
    say(`Trained in ${duration(seconds)}, from the request to the champion:\n\n`);
    say(leaderboardTable(trained.versions, trained.sortedBy, paint));
    const result = trainingResultOf(trained.job);
    if (result !== undefined) say(`\n${championSentence(result)}\n`);
    const champion = checkedChampion(demoTable.model, trained);
    const prediction = await predictOne(client, demoTable, signal);
    const shown = typeof prediction === 'number' ? figure(prediction) : String(prediction);
    say(`POST /v1/models/${demoTable.model}/predictions ${JSON.stringify(demoTable.instance)}\n`);
    say(`  → ${paint('green', shown)}\n`);
    tables.push({ model: demoTable.model, champion, prediction });
  }
  say(`\n${paint('bold', 'Sales: the quantity sold, with the economy of the time beside it (CSV)')}\n`);
  say(`${stage.seriesFrom}\n`);
  const sales = await tellSales(client, say, createProgress(terminal.out, terminal.env, json), signal);
  say(`Predictions of the test set against the real values:\n  → ${paint('green', salesLine(sales))}\n`);
  const { total } = await client.call('listRequests', { query: { limit: 1 } }, signal);
  const seconds = (performance.now() - started) / 1000;
  say(`\n${plural(total, 'request')} in the request log. All done in ${duration(seconds)}.\n`);
  return { url: client.url, tables, sales, requests: total, seconds };
}

async function trainTable(client: Client, demoTable: DemoTable, progress: Progress, signal: AbortSignal) {
  const { file, model: name, roles, target } = demoTable;
  const dataset = await uploadAndValidate(client, { file, name, roles }, progress, signal);
  const candidates = algorithms.map((algorithm) => ({ algorithm }));
  const request = { datasetId: dataset.id, candidates, ...(target === undefined ? {} : { target }) };
  const before = performance.now();
  const trained = await train(client, name, request, progress, signal);
  return { trained, seconds: (performance.now() - before) / 1000 };
}

/** The champion, which has to be better than guessing. */
function checkedChampion(model: string, { versions, sortedBy }: Trained): ModelVersion {
  const place = (found: (version: ModelVersion) => boolean) => versions.findIndex(found);
  const champion = versions[place((version) => version.champion)];
  const baseline = versions[place(({ algorithm }) => algorithm === 'baseline')];
  const isBetter =
    champion !== undefined &&
    baseline !== undefined &&
    champion.metrics[sortedBy] !== baseline.metrics[sortedBy] &&
    versions.indexOf(champion) < versions.indexOf(baseline);
  if (isBetter) return champion;
  throw new CommandFailure('demo-wrong', `The champion of ${model} is not better than the baseline.`);
}

async function predictOne(client: Client, { model, instance, expected }: DemoTable, signal: AbortSignal) {
  const body = { instances: [instance] };
  const { predictions } = await client.call('predict', { params: { name: model }, body }, signal);
  const [prediction] = predictions;
  const isRight = expected === undefined ? Number.isFinite(prediction) : prediction === expected;
  if (isRight) return prediction;
  throw new CommandFailure(
    'demo-wrong',
    `${model} predicts ${prediction}${expected === undefined ? '' : `, not ${expected}`}.`,
  );
}
