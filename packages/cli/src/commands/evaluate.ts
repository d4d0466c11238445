import { type Evaluation, type MetricName, Task } from '@bellwether/contracts';
import { type Command, Option } from 'commander';
import type { Client } from '../client/client.ts';
import { completeJob } from '../client/complete-job.ts';
import { figure, plural } from '../terminal/figures.ts';
import { paintFor } from '../terminal/paint.ts';
import { createProgress } from '../terminal/progress.ts';
import { facts } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';

interface EvaluateOptions extends ConnectedOptions {
  readonly column?: string;
  readonly predictionColumn?: string;
  readonly rowId?: string;
  readonly task?: Evaluation['task'];
}

/** `bellwether evaluate`: predictions against what really happened. */
export function addEvaluate(program: Command, terminal: Terminal): void {
  const command = program
    .command('evaluate')
    .summary('score predictions against actual values')
    .description(
      'Score a dataset of predictions against a dataset of actual values, or against a column of its own. Rows are tied by `row_id` when both have it, as splits do, and by their order otherwise.',
    )
    .argument('<predictions>', 'id of the dataset with predictions')
    .argument('[actuals]', 'id of the dataset with actual values; default: the same one')
    .option('--column <name>', 'column of the actual values; default: the model’s target')
    .option('--prediction-column <name>', 'column of the predictions; default: as the batch prediction called it')
    .option('--row-id <name>', 'column that identifies a row in both')
    .addOption(new Option('--task <task>', 'what is scored; default: the model’s').choices(Task.options));
  addExamples(connectedOptions(command), terminal, ['evaluate ds_predictions ds_actuals']);
  command.action((predictionsId: string, actualsId: string | undefined, options: EvaluateOptions) =>
    withClient(terminal, options, (client, signal) => run(terminal, client, predictionsId, actualsId, options, signal)),
  );
}

async function run(
  terminal: Terminal,
  client: Client,
  predictionsId: string,
  actualsId: string | undefined,
  { column, predictionColumn, rowId, task, json }: EvaluateOptions,
  signal: AbortSignal,
): Promise<void> {
  const progress = createProgress(terminal.err, terminal.env, json);
  const body = {
    predictionsId,
    ...(actualsId === undefined ? {} : { actualsId }),
    ...(column === undefined ? {} : { column }),
    ...(predictionColumn === undefined ? {} : { predictionColumn }),
    ...(rowId === undefined ? {} : { rowId }),
    ...(task === undefined ? {} : { task }),
  };
  const { job } = await client.call('createEvaluation', { body }, signal);
  const ended = await completeJob(client, job, `evaluating ${predictionsId}`, progress, signal);
  const { evaluationId: id } = ended.result as { evaluationId: string };
  const evaluation = await client.call('getEvaluation', { params: { id } }, signal);
  if (json) return printJson(terminal, evaluation);
  terminal.out.write(
    facts(
      (Object.entries(evaluation.metrics) as [MetricName, number][]).map(([name, value]) => [name, figure(value)]),
      paintFor(terminal.out, terminal.env),
    ),
  );
  progress.line(about(evaluation));
}

function about({ task, rows, predictionColumn, column, rowId, model, version }: Evaluation): string {
  const by = model === undefined ? '' : ` of ${model} version ${version}`;
  const tied = rowId === undefined ? 'in order' : `by ${rowId}`;
  return `${task}${by}: ${predictionColumn} against ${column}, ${plural(rows, 'row')} tied ${tied}`;
}
