import { type Column, Problem } from '@bellwether/contracts';
import { nearestNames, type SimilarRequest } from '@bellwether/datasets';

/** What was asked: `n`, `by`, `near` and values under the names of columns. */
export interface SimilarQuery {
  readonly n: number;
  readonly by?: string | undefined;
  readonly near?: string | undefined;
  readonly [value: string]: unknown;
}

const options: readonly string[] = ['n', 'by', 'near'];
const measurable: readonly Column['kind'][] = ['numeric', 'integer', 'timestamp'];

/**
 * Reads what rows shall be like.
 *
 * @throws Problem `columns-missing`, `column-missing`, `column-not-numeric`, `value-missing`, `value-refused`,
 *   `parameter-unknown`
 */
export function readSimilarRequest(query: SimilarQuery, schema: readonly Column[]): SimilarRequest {
  const names = [...new Set((query.by ?? '').split(',').map((name) => name.trim()))].filter((name) => name !== '');
  if (names.length === 0 && query.near === undefined) {
    throw new Problem(422, 'columns-missing', 'Neither `by` nor `near` names a column.', {
      field: 'by',
      cure: 'Name the columns that must be the same in `by`, or the one that shall be near in `near`.',
    });
  }
  refuseStrangers(query, [...names, ...(query.near === undefined ? [] : [query.near])]);
  const same = names.map((name) => {
    const column = columnOf(schema, name, 'by');
    return { column, value: givenValue(query, column) };
  });
  if (query.near === undefined) return { count: query.n, same };
  const column = columnOf(schema, query.near, 'near');
  if (!measurable.includes(column.kind)) {
    throw new Problem(422, 'column-not-numeric', `Column ${column.name} is ${column.kind}: nothing is near in it.`, {
      field: 'near',
      cure: 'Name a numeric column or a time in `near`, and this one in `by`.',
    });
  }
  const value = givenValue(query, column);
  if (typeof value !== 'number') throw refusedValue(column, '');
  return { count: query.n, same, near: { column, value } };
}

/** A value for a column that is not compared was meant for something: a typing error must not widen the answer. */
function refuseStrangers(query: SimilarQuery, named: readonly string[]): void {
  for (const parameter of Object.keys(query)) {
    const column = parameter.startsWith('column.') ? parameter.slice('column.'.length) : parameter;
    if (options.includes(parameter) || named.includes(parameter) || named.includes(column)) continue;
    throw new Problem(
      422,
      'parameter-unknown',
      `\`${parameter}\` is neither an option nor named in \`by\` or \`near\`.`,
      {
        field: parameter,
        cure: `Name its column in \`by\` or \`near\`, or leave it out. Options: ${options.join(', ')}.`,
      },
    );
  }
}

function columnOf(schema: readonly Column[], name: string, field: string): Column {
  const column = schema.find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  const nearest = nearestNames(
    name,
    schema.map((each) => each.name),
  );
  throw new Problem(422, 'column-missing', `There is no column ${name}.`, {
    field,
    cure: `The nearest names are ${nearest.join(', ')}.`,
  });
}

/** The value given for a column; an empty one is a missing one. */
function givenValue(query: SimilarQuery, column: Column): string | number | boolean | null {
  const own = options.includes(column.name) ? undefined : query[column.name];
  const text = query[`column.${column.name}`] ?? own;
  if (text === undefined) {
    throw new Problem(422, 'value-missing', `There is no value for column ${column.name}.`, {
      field: column.name,
      cure: `Give one as \`column.${column.name}=…\`.`,
    });
  }
  if (typeof text !== 'string') {
    throw new Problem(422, 'value-refused', `There are several values for column ${column.name}.`, {
      field: column.name,
      cure: 'Give one.',
    });
  }
  if (text === '') return null;
  const value = read(text, column.kind);
  if (value === undefined) throw refusedValue(column, text);
  return value;
}

const truthValues = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['no', false],
]);

function read(text: string, kind: Column['kind']): string | number | boolean | undefined {
  switch (kind) {
    case 'numeric':
    case 'integer':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'timestamp':
      return timeOf(text);
    case 'boolean':
      return truthValues.get(text.toLowerCase());
    default:
      return text;
  }
}

/** ISO 8601; without a zone it is UTC, as stored. */
function timeOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)/.test(text)) return undefined;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(text.slice(10));
  const time = Date.parse(hasZone || text.length === 10 ? text.replace(' ', 'T') : `${text.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? undefined : time;
}

function refusedValue({ name, kind }: Column, text: string): Problem {
  return new Problem(422, 'value-refused', `${JSON.stringify(text)} is no value of column ${name}, which is ${kind}.`, {
    field: name,
    cure: kind === 'timestamp' ? 'Give a time as in 2026-11-21T09:30:00Z.' : `Give a value of the kind ${kind}.`,
  });
}
