import { Problem } from '@bellwether/contracts';
import { eachItems, type SeriesColumn } from '@bellwether/datasets';
import {
  describeColumns,
  mergeColumns,
  type PanelColumn,
  type PanelProblem,
  type PanelSchema,
  resolveFrequency,
} from '@bellwether/forecasting';
import type { PanelTask } from './panel-task.ts';

/** Items whose stamps are looked at; more would not say more. */
const lookedAt = 500;
const stampsOfItem = 5_000;

export interface Survey {
  readonly schema: PanelSchema;
  readonly problems: readonly PanelProblem[];
  readonly rows: number;
}

/**
 * Reads a table once for what all its items have in common: the frequency and what its columns hold.
 *
 * @throws Problem `frequency-invalid`, `no-rows`
 */
export async function surveyTable({ tables, frequency: told, folder }: PanelTask): Promise<Survey> {
  const stamps = new Map<string, number[]>();
  const described: PanelColumn[][] = [];
  const { rows } = await eachItems(tables, { folder }, ({ item, at, target, known }, names) => {
    for (const [row, name] of item.entries()) {
      if (Number.isNaN(target[row])) continue;
      const list = stamps.get(name) ?? [];
      if (stamps.size < lookedAt || stamps.has(name)) stamps.set(name, list);
      if (list.length < stampsOfItem) list.push(at[row] ?? Number.NaN);
    }
    described.push(describeColumns(names, known as readonly SeriesColumn[]));
  });
  if (rows === 0) {
    throw new Problem(422, 'no-rows', 'The table has no rows.', { cure: 'Upload one that has some.' });
  }
  const lists = [...stamps.values()].map((list) => Float64Array.from(list));
  const { frequency, problems } = resolve(told, lists);
  return {
    schema: { frequency, known: mergeColumns(described), attributes: [] },
    problems,
    rows,
  };
}

function resolve(told: string | undefined, stamps: readonly Float64Array[]) {
  try {
    return resolveFrequency({ stamps, ...(told === undefined ? {} : { told }) });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem(422, 'frequency-invalid', error.message, {
      cure: 'Say it as `D`, `W`, `MS`, `H` or `15min`, or leave it out.',
    });
  }
}
