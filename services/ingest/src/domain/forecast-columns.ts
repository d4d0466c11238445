import type { Column, DataProblem, ForecastJobPlan, ForecastRequest, Roles } from '@bellwether/contracts';
import { mixedDates, nearestNames } from '@bellwether/datasets';
import type { Refusal } from './refusal.ts';

export interface ForecastTable {
  readonly schema: readonly Column[];
  readonly roles: Roles;
  /** schema of the table with future values of known columns */
  readonly future?: readonly Column[];
  /** what the upload of the table brought up */
  readonly problems?: readonly DataProblem[];
}

export type FoundColumns =
  | { readonly ok: true; readonly columns: ForecastJobPlan['columns'] }
  | { readonly ok: false; readonly refusal: Refusal };

/** Which columns tell series apart, name the time and hold what is forecast: as asked, else by role, else by kind. */
export function forecastColumns(request: ForecastRequest, table: ForecastTable): FoundColumns {
  const { schema, roles } = table;
  const item = request.item ?? roles.item;
  const times = schema.filter(({ kind }) => kind === 'timestamp').map(({ name }) => name);
  const time = request.time ?? roles.timestamp ?? (times.length === 1 ? times[0] : undefined);
  if (time === undefined) return refuse(timeUnclear(times, table.problems));
  const numbers = schema.filter(({ name, kind }) => isNumber(kind) && name !== item && name !== time);
  const target = request.target ?? roles.target ?? numbers.at(-1)?.name;
  if (target === undefined) return refuse(noNumbers);
  const columns = { ...(item === undefined ? {} : { item }), time, target };
  const fault =
    absentColumn(columns, request.known ?? [], table) ?? notDates(time, table) ?? notANumber(target, schema);
  return fault === undefined ? { ok: true, columns } : refuse(fault);
}

/** The first column that is named and not there, in the table or in the one with future values. */
function absentColumn(
  columns: ForecastJobPlan['columns'],
  known: readonly string[],
  { schema, future }: ForecastTable,
): Refusal | undefined {
  const named = [...Object.entries(columns), ...known.map((name, index) => [`known[${index}]`, name] as const)];
  for (const [field, name] of named) if (!has(schema, name)) return missing(field, name, schema);
  if (future === undefined) return undefined;
  const ahead = named.filter(([field]) => field !== 'target').find(([, name]) => !has(future, name));
  return ahead === undefined ? undefined : missing('futureId', ahead[1], future);
}

const has = (schema: readonly Column[], name: string) => schema.some((column) => column.name === name);
const isNumber = (kind: Column['kind']) => kind === 'numeric' || kind === 'integer';
const refuse = (refusal: Refusal): FoundColumns => ({ ok: false, refusal });

function timeUnclear(times: readonly string[], problems: ForecastTable['problems']): Refusal {
  const mixed = times.length === 0 ? mixedDates(problems) : undefined;
  if (mixed !== undefined) return { code: 'time-not-dates', detail: mixed.message, field: 'time', cure: mixed.cure };
  const detail =
    times.length === 0
      ? 'The table has no column of dates.'
      : `The table has several columns of dates: ${times.join(', ')}.`;
  return { code: 'time-unclear', detail, field: 'time', cure: 'Name the column with the time of each value.' };
}

const noNumbers: Refusal = {
  code: 'target-missing',
  detail: 'The table has no column of numbers to forecast.',
  field: 'target',
  cure: 'Upload a table with a numeric column.',
};

function missing(field: string, name: string, schema: readonly Column[]): Refusal {
  const names = schema.map((column) => column.name);
  return {
    code: 'column-missing',
    detail: `There is no column ${name}.`,
    field,
    cure: `The nearest are ${nearestNames(name, names).join(', ')}.`,
  };
}

function notDates(time: string, { schema, problems }: ForecastTable): Refusal | undefined {
  const kind = schema.find(({ name }) => name === time)?.kind ?? 'text';
  if (kind === 'timestamp') return undefined;
  const mixed = mixedDates(problems, time);
  if (mixed !== undefined) return { code: 'time-not-dates', detail: mixed.message, field: 'time', cure: mixed.cure };
  return {
    code: 'time-not-dates',
    detail: `The time ${time} is ${kind}; a forecast needs dates or times.`,
    field: 'time',
    cure: 'Choose a column of dates, or upload the table with this one in the role `timestamp`.',
  };
}

function notANumber(target: string, schema: readonly Column[]): Refusal | undefined {
  const kind = schema.find(({ name }) => name === target)?.kind ?? 'text';
  if (isNumber(kind)) return undefined;
  return {
    code: 'target-not-numeric',
    detail: `The target ${target} is ${kind}; a forecast needs numbers.`,
    field: 'target',
    cure: 'Choose a numeric column.',
  };
}
