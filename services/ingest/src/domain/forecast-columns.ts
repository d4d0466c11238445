import type { Column, DataProblem, ForecastJobPlan, ForecastRequest, Profile, Roles } from '@bellwether/contracts';
import { forecastTableColumns, quantileColumn } from '@bellwether/contracts/forecast-table';
import { mixedDates, nearestNames } from '@bellwether/datasets';
import type { Refusal } from './refusal.ts';

export interface ForecastTable {
  readonly schema: readonly Column[];
  readonly roles: Roles;
  /** schema of the table with future values of known columns */
  readonly future?: readonly Column[];
  /** what the upload of the table brought up */
  readonly problems?: readonly DataProblem[];
  /** of the table's columns */
  readonly profile?: Profile;
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
  const others = schema.filter(({ name }) => name !== item && name !== time);
  const measured = others.findLast(({ kind }) => isNumber(kind)) ?? others.findLast((column) => counts(column, table));
  const target = request.target ?? roles.target ?? measured?.name;
  if (target === undefined) return refuse(noNumbers);
  const columns = { ...(item === undefined ? {} : { item }), time, target };
  const known = request.known ?? [];
  const fault =
    absentColumn(columns, known, table) ??
    namedTwice(columns, known) ??
    nameOfResults(columns, request.quantiles) ??
    notDates(time, table) ??
    notANumber(target, table);
  return fault === undefined ? { ok: true, columns } : refuse(fault);
}

type Columns = ForecastJobPlan['columns'];

/** Each column that is named, with the field that names it. */
const namedColumns = (columns: Columns, known: readonly string[]) => [
  ...Object.entries(columns),
  ...known.map((name, index) => [`known[${index}]`, name] as const),
];

/** The first column that is named and not there, in the table or in the one with future values. */
function absentColumn(
  columns: Columns,
  known: readonly string[],
  { schema, future }: ForecastTable,
): Refusal | undefined {
  const named = namedColumns(columns, known);
  for (const [field, name] of named) if (!has(schema, name)) return missing(field, name, schema);
  if (future === undefined) return undefined;
  const ahead = named.filter(([field]) => field !== 'target').find(([, name]) => !has(future, name));
  return ahead === undefined ? undefined : missing('futureId', ahead[1], future);
}

/** The first column that is named for two things at once. */
function namedTwice(columns: Columns, known: readonly string[]): Refusal | undefined {
  const fields = new Map<string, string>();
  for (const [field, name] of namedColumns(columns, known)) {
    const other = fields.get(name);
    if (other === undefined) fields.set(name, field);
    else {
      const detail = `The column ${name} is named both as ${other} and as ${field}.`;
      return { code: 'column-named-twice', detail, field, cure: 'Name another column, or leave it out.' };
    }
  }
  return undefined;
}

/** The item or the time, where its name is that of a column of the results, which have one of each name. */
function nameOfResults({ item, time }: Columns, quantiles: readonly number[]): Refusal | undefined {
  const taken = new Set<string>([...forecastTableColumns, ...quantiles.map(quantileColumn)]);
  for (const [field, name] of Object.entries({ item, time })) {
    if (name === undefined || !taken.has(name.toLowerCase())) continue;
    const detail = `The ${field} is in a column named ${name}, which is the name of a column of the forecasts.`;
    return { code: 'column-name-taken', detail, field, cure: 'Rename the column and upload the table again.' };
  }
  return undefined;
}

const has = (schema: readonly Column[], name: string) => schema.some((column) => column.name === name);
const isNumber = (kind: Column['kind']) => kind === 'numeric' || kind === 'integer';
/** Whole numbers that go up by one with each row: taken for an identifier, they may as well be a series that rises so. */
const counts = ({ name, kind }: Column, { profile }: ForecastTable) =>
  kind === 'id-like' && profile?.columns.some((column) => column.name === name && column.mean !== undefined) === true;
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

function notANumber(target: string, table: ForecastTable): Refusal | undefined {
  const { schema, problems = [] } = table;
  const column = schema.find(({ name }) => name === target);
  const kind = column?.kind ?? 'text';
  if (isNumber(kind) || (column !== undefined && counts(column, table))) return undefined;
  if (problems.some(({ code, column }) => code === 'all-null-column' && column === target)) {
    const detail = `The target ${target} has no values.`;
    return { code: 'target-not-numeric', detail, field: 'target', cure: 'Fill it in, or choose another column.' };
  }
  return {
    code: 'target-not-numeric',
    detail: `The target ${target} is ${kind}; a forecast needs numbers.`,
    field: 'target',
    cure: 'Choose a numeric column; or write its values as plain numbers such as 1234.5, without units and separators of thousands.',
  };
}
