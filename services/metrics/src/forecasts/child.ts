import { open } from 'node:fs/promises';
import { mixtureName } from '@bellwether/contracts/forecast-table';
import { answerParent } from '@bellwether/platform/child';
import { scoreBacktests } from './score-backtests.ts';
import type { Scored, ScoreLine, ScoreTask } from './score-task.ts';
import { scoreValidation } from './score-validation.ts';

answerParent(async (task: ScoreTask): Promise<Scored> => {
  await using file = await open(task.output, 'w');
  const write = async (lines: readonly ScoreLine[]) => {
    await file.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  };
  const models = await scoreBacktests(task, write);
  await scoreValidation(task, write);
  return { overall: models[mixtureName] ?? {}, models };
});
