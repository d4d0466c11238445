import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '@bellwether/contracts';
import { eachItems } from '@bellwether/datasets';
import {
  encodeChunk,
  mergeFacts,
  mergeProblems,
  nameRange,
  noteOfProblem,
  type PanelFacts,
  type PanelIndex,
  type PanelProblem,
  panelFacts,
  planForecast,
  predictors,
  type RegulariseOptions,
  regularise,
  type StoredChunk,
} from '@bellwether/forecasting';
import { negativesOf } from './negatives.ts';
import type { PanelTask, PreparedPanel } from './panel-task.ts';
import { surveyTable } from './survey-table.ts';

/** Rows of a chunk: some seconds of work for whoever fits it, and some tens of megabytes. */
const chunkRows = 50_000;
const indexFile = 'panel.json';

/**
 * Makes regular series of a table and decides how they are forecast: reads it once for what its items have in common,
 * and once more for the items, chunk by chunk.
 *
 * @throws Problem when nothing can be forecast
 */
export async function preparePanel(task: PanelTask, onProgress: (fraction: number) => void): Promise<PreparedPanel> {
  const { tables, folder, request, now } = task;
  const survey = await surveyTable(task);
  const { schema } = survey;
  const found: (readonly PanelProblem[])[] = [survey.problems];
  const facts: PanelFacts[] = [];
  const chunks: StoredChunk[] = [];
  const negatives = negativesOf(task.negatives ?? 'keep', survey.signs) ?? 'keep';
  let policies: Pick<RegulariseOptions, 'duplicates' | 'gaps'> = {};
  let rows = 0;
  await eachItems(tables, { folder, blockRows: chunkRows }, async (block) => {
    const { series, problems, ...decided } = regularise({ ...block, attributes: [] }, schema, {
      now,
      negatives,
      ...policies,
    });
    // What the first chunk shows holds for all: one table has one way of leaving rows out.
    policies = decided.policies;
    found.push(problems);
    facts.push(panelFacts(series, schema, request, survey.lastPeriod));
    const file = `chunk-${String(chunks.length).padStart(5, '0')}.bin`;
    await writeFile(join(folder, file), encodeChunk({ schema, series }));
    const names = nameRange(series.map(({ item }) => item));
    chunks.push({ file, items: series.length, ...(names === undefined ? {} : { names }) });
    rows += block.item.length;
    onProgress(rows / survey.rows);
  });
  const merged = mergeFacts(facts);
  const planned = planForecast(request, schema, merged, Object.keys(predictors));
  const problems = mergeProblems([...found, planned.problems]);
  refuse(problems);
  const { plan } = planned;
  const index: PanelIndex = { schema, plan, facts: merged, problems, chunks };
  await writeFile(join(folder, indexFile), JSON.stringify(index));
  return { index: indexFile, chunks, notes: problems.map(noteOfProblem) };
}

function refuse(problems: readonly PanelProblem[]): void {
  const error = problems.find(({ severity }) => severity === 'error');
  if (error === undefined) return;
  const cut = problems.find(({ code }) => code === 'future-values-cut');
  // Of a table whose values all are plans, the one says nothing without the other.
  const told = error.code === 'no-values' && cut !== undefined ? [cut, error] : [error];
  // The cure is told with the rest: of a job that has failed, nothing but a code and a detail stays.
  throw new Problem(422, error.code, told.map(noteOfProblem).join(' '));
}
