import { Backend, type ForecastJobProgress, type PipelineParameters } from '@bellwether/contracts';
import { type Command, Option } from 'commander';
import { completeJob } from '../client/complete-job.ts';
import { askedPredictors } from '../forecasting/asked-predictors.ts';
import { scoresTable } from '../forecasting/scores-table.ts';
import { stepDurations, stepLabel } from '../forecasting/step-label.ts';
import { paintFor } from '../terminal/paint.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { names, quantileList, wholeNumber } from './parse-options.ts';

interface PipelineOptions extends ConnectedOptions {
  readonly dataName: string;
  readonly horizon: number;
  readonly windows?: number;
  readonly date?: string;
  readonly frequency?: string;
  readonly timeZone?: string;
  readonly quantiles?: number[];
  readonly predictors?: string[];
  readonly search?: boolean;
  readonly delete?: boolean;
  readonly backend?: PipelineParameters['Backend'];
}

/** `bellwether forecast-pipeline`: what the message of the queue does, from the command line. */
export function addForecastPipeline(program: Command, terminal: Terminal): void {
  const command = program
    .command('forecast-pipeline')
    .summary('forecast tables of the warehouse, and write the results there')
    .description(
      'Read <name>_target (and _related, _validation) from the warehouse, train, backtest, forecast, and write forecast_values and forecast_metrics there.',
    )
    .requiredOption('--data-name <name>', 'what the tables are called before _target')
    .requiredOption('--horizon <periods>', 'periods to forecast', wholeNumber(1, 2000))
    .option('--windows <number>', 'backtest windows; default: 1', wholeNumber(1, 5))
    .option('--date <YYYYMMDD>', 'day by which results are kept; default: today (UTC)')
    .option('--frequency <frequency>', 'D, W, M, H, 15min, …; default: as the stamps say')
    .option('--time-zone <zone>', 'by whose calendar days and longer periods are counted; default: UTC')
    .option('--quantiles <levels>', 'default: 0.1,0.5,0.9', quantileList)
    .option('--predictors <names>', 'ours or Amazon Forecast’s; default: all that suit the data', names)
    .option('--search', 'search for hyperparameters of the predictors that have some')
    .addOption(
      new Option('--backend <backend>', 'where the forecaster is trained; default: local').choices(Backend.options),
    )
    .option('--delete', 'remove what the pipeline made, but for what is in the warehouse');
  addExamples(connectedOptions(command), terminal, ['forecast-pipeline --data-name sales --horizon 90 --windows 2']);
  command.action((options: PipelineOptions) => runPipeline(terminal, options));
}

async function runPipeline(terminal: Terminal, options: PipelineOptions): Promise<void> {
  const { dataName, date = today(), json = false } = options;
  const progress = createProgress(terminal.err, terminal.env, json);
  await withClient(terminal, options, async (client, signal) => {
    const param = {
      DataName: dataName,
      ForecastHorizon: options.horizon,
      NumberOfBacktestWindows: options.windows,
      PerformDelete: options.delete ?? false,
      dateCreate: date,
      ForecastFrequency: options.frequency,
      TimeZone: options.timeZone,
      Models: askedPredictors(options.predictors, options.search),
      Quantiles: options.quantiles,
      Backend: options.backend,
    };
    const { job } = await client.call('createForecastPipeline', { body: { param } }, signal);
    const ended = await completeJob(client, job, stepLabel, progress, signal);
    if (json) return printJson(terminal, ended);
    const { notes, models = {} } = ended.result as unknown as ForecastJobProgress;
    for (const note of notes) progress.line(`  ${note}`);
    progress.line(`  ${stepDurations(ended)}`);
    terminal.out.write(scoresTable(models, paintFor(terminal.out, terminal.env)));
    terminal.out.write(`results: forecast_values and forecast_metrics of ${dataName}, ${date}\n`);
    progress.line(`  ${terminal.invocation} warehouse show forecast_values`);
  });
}

const today = (): string => new Date().toISOString().slice(0, 10).replaceAll('-', '');
