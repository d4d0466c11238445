import { Problem } from '@bellwether/contracts';
import { eachItems, type SeriesColumn } from '@bellwether/datasets';
import {
  describeColumns,
  mergeColumns,
  mixedFrequencies,
  type PanelColumn,
  type PanelProblem,
  type PanelSchema,
  periodClock,
  resolveFrequency,
} from '@bellwether/forecasting';
import { addSigns, noSigns, type Signs } from './negatives.ts';
import type { PanelTask } from './panel-task.ts';

/** Items whose stamps are looked at; more would not say more. */
const lookedAt = 500;
const stampsOfItem = 5_000;

export interface Survey {
  readonly schema: PanelSchema;
  readonly problems: readonly PanelProblem[];
  readonly rows: number;
  /** The last period in which an item has a value; null where none has. */
  readonly lastPeriod: number | null;
  readonly signs: Signs;
}

/**
 * Reads a table once for what all its items have in common: the frequency and what its columns hold.
 *
 * @throws Problem `frequency-invalid`, `no-rows`
 */
export async function surveyTable({ tables, frequency: told, timeZone, folder, now }: PanelTask): Promise<Survey> {
  const stamps = new Map<string, number[]>();
  const described: PanelColumn[][] = [];
  let latest = Number.NEGATIVE_INFINITY;
  let signs = noSigns;
  const { rows } = await eachItems(tables, { folder }, ({ item, at, target, known }, names) => {
    for (const [row, name] of item.entries()) {
      if (Number.isNaN(target[row])) continue;
      const list = stamps.get(name) ?? [];
      if (stamps.size < lookedAt || stamps.has(name)) stamps.set(name, list);
      if (list.length < stampsOfItem) list.push(at[row] ?? Number.NaN);
    }
    latest = Math.max(latest, latestOf(at, target, now));
    signs = addSigns(signs, target);
    described.push(describeColumns(names, known as readonly SeriesColumn[]));
  });
  if (rows === 0) {
    throw new Problem(422, 'no-rows', 'The table has no rows.', { cure: 'Upload one that has some.' });
  }
  const lists = [...stamps.values()].map((list) => Float64Array.from(list));
  const zone = areDates(lists) ? undefined : timeZone;
  const { frequency, problems } = resolve(told, zone, lists);
  const items = [...stamps].map(([item, list]) => ({ item, frequency: ownFrequency(list, zone) }));
  return {
    schema: { frequency, known: mergeColumns(described), attributes: [] },
    problems: told === undefined ? [...problems, ...mixedFrequencies(frequency, items)] : problems,
    rows,
    lastPeriod: Number.isFinite(latest) ? periodClock(frequency).indexOf(latest) : null,
    signs,
  };
}

/** Fewer stamps may lie a week or a month apart by chance, more say no more. */
const [fewest, most] = [6, 200];

/** What an item's stamps alone say of its frequency; undefined where they do not. */
function ownFrequency(stamps: readonly number[], timeZone: string | undefined) {
  if (stamps.length < fewest) return undefined;
  const { frequency, problems } = resolve(undefined, timeZone, [Float64Array.from(stamps.slice(0, most))]);
  return problems.length === 0 ? frequency : undefined;
}

/** The latest stamp of a value that can have been measured; -Infinity without one. */
function latestOf(at: ArrayLike<number>, target: ArrayLike<number>, now: number): number {
  let latest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < at.length; row++) {
    const stamp = at[row] ?? Number.NaN;
    if (stamp <= now && stamp > latest && !Number.isNaN(target[row])) latest = stamp;
  }
  return latest;
}

const day = 86_400_000;

/** Stamps that all are midnights in UTC are dates without a time: they are days as they stand, in any zone. */
const areDates = (lists: readonly Float64Array[]): boolean => lists.every((list) => list.every((at) => at % day === 0));

function resolve(told: string | undefined, timeZone: string | undefined, stamps: readonly Float64Array[]) {
  try {
    return resolveFrequency({
      stamps,
      ...(told === undefined ? {} : { told }),
      ...(timeZone === undefined ? {} : { timeZone }),
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem(422, 'frequency-invalid', error.message, {
      cure: 'Say it as `D`, `W`, `MS`, `H` or `15min`, or leave it out.',
    });
  }
}
