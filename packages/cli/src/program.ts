import { Command } from 'commander';
import { addAppend } from './commands/append.ts';
import { addAutomate } from './commands/automate.ts';
import { addConfig } from './commands/config.ts';
import { addDatasets } from './commands/datasets.ts';
import { addDeadLetters } from './commands/dead-letters.ts';
import { addDemo } from './commands/demo.ts';
import { addEnrich } from './commands/enrich.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addForecast } from './commands/forecast.ts';
import { addForecastAgain } from './commands/forecast-again.ts';
import { addForecastPipeline } from './commands/forecast-pipeline.ts';
import { addJobs } from './commands/jobs.ts';
import { addKeys } from './commands/keys.ts';
import { addModels } from './commands/models.ts';
import { addPredict } from './commands/predict.ts';
import { addRequests } from './commands/requests.ts';
import { addSeries } from './commands/series.ts';
import { addServe } from './commands/serve.ts';
import { addSimilar } from './commands/similar.ts';
import { addTrain } from './commands/train.ts';
import { addWarehouse } from './commands/warehouse.ts';
import { isRich } from './terminal/paint.ts';
import type { Terminal } from './terminal/terminal.ts';

const groups = [
  ['Run', [addServe, addDemo]],
  ['Forecast', [addForecast, addForecastAgain, addForecastPipeline]],
  ['Enrich', [addEnrich, addSeries, addAppend]],
  ['Train and predict', [addTrain, addPredict, addEvaluate, addSimilar, addAutomate]],
  ['Look and manage', [addModels, addDatasets, addJobs, addRequests, addDeadLetters, addWarehouse]],
  ['Administer', [addConfig, addKeys]],
] as const;

/** The `bellwether` command. It throws instead of ending the process, and writes to `terminal` alone. */
export function createProgram(terminal: Terminal): Command {
  const { out, err, env } = terminal;
  const program = new Command('bellwether')
    .description('Bellwether: upload a table, train models on it, get predictions.')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
      getOutHelpWidth: () => out.columns,
      getErrHelpWidth: () => err.columns,
      getOutHasColors: () => isRich(out, env),
      getErrHasColors: () => isRich(err, env),
    })
    .addHelpText(
      'after',
      `\nBegin with:\n  ${terminal.invocation} demo\n\nWithout a URL, commands work on the data folder itself, or through the server that has it.\nExit codes: 0 done, 1 refused or failed, 2 wrong usage, 130 stopped by Ctrl-C.`,
    );
  for (const [title, adders] of groups) {
    program.commandsGroup(`${title}:`);
    for (const add of adders) add(program, terminal);
  }
  return program;
}
