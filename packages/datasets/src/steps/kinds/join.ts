import type { Column, JoinStep } from '@bellwether/contracts';
import { Problem } from '@bellwether/contracts/problem';
import { queryRow, queryRows } from '../../duckdb/measure-columns.ts';
import { parquet } from '../../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import { refuse, shown } from '../../problem.ts';
import type { StepDefinition, StepInput } from '../step-definition.ts';
import { requireColumn, type StepTable, withColumns } from '../step-table.ts';

type Pair = { readonly left: string; readonly right: string };

const pairs = ({ on }: JoinStep): Pair[] =>
  on.map((key) => (typeof key === 'string' ? { left: key, right: key } : key));

/** @param other schemas of the datasets that steps may join, by id */
export const createJoin = (other: (id: string) => readonly Column[] | undefined): StepDefinition<JoinStep> => ({
  keepsRows: true,
  resolve: (step, table) => {
    const columns = other(step.dataset);
    if (columns === undefined) {
      throw new Problem(422, 'dataset-not-found', `There is no dataset ${step.dataset} that is ready.`, {
        field: 'dataset',
        cure: 'List what there is with GET /v1/datasets?status=ready.',
      });
    }
    const right: StepTable = { columns, roles: {} };
    const keys = pairs(step);
    for (const [index, key] of keys.entries()) requireSameKind(table, right, key, `on[${index}]`);
    if (step.asOf !== undefined) requireTimes(table, right, step.asOf);
    const used = new Set([...keys.map((key) => key.right), ...(step.asOf === undefined ? [] : [step.asOf.right])]);
    const names = step.columns ?? columns.map(({ name }) => name).filter((name) => !used.has(name));
    const added = names.map((name, index) => requireColumn(right, name, `columns[${index}]`));
    const renamed = added.map((column) => ({ ...column, name: step.prefix + column.name, nullable: true }));
    return { step: { ...step, on: keys, columns: names }, table: withColumns(table, renamed, 'prefix') };
  },

  sql: async (step, { from, having, connection, files, note }) => {
    const right = parquet(files[step.dataset] ?? '');
    const keys = pairs(step);
    await requireSameStorage(connection, keys, having(keys.map((key) => key.left)), right);
    const equal = keys.map((key) => `l.${quoteIdentifier(key.left)} = r.${quoteIdentifier(key.right)}`);
    if (step.asOf === undefined) {
      const added = (step.columns ?? []).map(
        (name) => `r.${quoteIdentifier(name)} AS ${quoteIdentifier(step.prefix + name)}`,
      );
      await refuseDuplicates(connection, right, keys);
      const [unmatched] = await queryRow(
        connection,
        `SELECT count(*) FROM ${having(keys.map((key) => key.left))} AS l ANTI JOIN ${right} AS r ON ${equal.join(' AND ')}`,
      );
      if (unmatched !== 0) {
        note({
          code: 'rows-without-match',
          message: `Rows without a match in ${step.dataset}.`,
          rows: Number(unmatched),
        });
      }
      return `SELECT l.*, ${added.join(', ')} FROM ${from} AS l LEFT JOIN ${right} AS r ON ${equal.join(' AND ')}`;
    }
    const { left, right: time } = step.asOf;
    const moment = `l.${quoteIdentifier(left)}`;
    const latest = `${moment} >= r.${quoteIdentifier(time)}`;
    // over many rows DuckDB takes a missing time for one after all others
    const known = (step.columns ?? []).map((name) => {
      const value = `CASE WHEN ${moment} IS NOT NULL THEN r.${quoteIdentifier(name)} END`;
      return `${value} AS ${quoteIdentifier(step.prefix + name)}`;
    });
    return `SELECT l.*, ${known.join(', ')} FROM ${from} AS l
      ASOF LEFT JOIN ${uniqueTimes(right, keys, time, other(step.dataset) ?? [])} AS r ON ${[...equal, latest].join(' AND ')}`;
  },
});

/**
 * Of several rows at one time one is taken whatever their order in the file: the largest, from left to right. Rows
 * without a time or a key are nobody's match.
 */
function uniqueTimes(right: string, keys: readonly Pair[], time: string, columns: readonly Column[]): string {
  const moment = [...keys.map((key) => key.right), time].map(quoteIdentifier);
  const known = moment.map((name) => `${name} IS NOT NULL`).join(' AND ');
  const largest = columns.map(({ name }) => `${quoteIdentifier(name)} DESC`).join(', ');
  return `(SELECT * FROM ${right} WHERE ${known}
    QUALIFY row_number() OVER (PARTITION BY ${moment.join(', ')} ORDER BY ${largest}) = 1)`;
}

async function refuseDuplicates(
  connection: StepInput['connection'],
  right: string,
  keys: readonly Pair[],
): Promise<void> {
  const names = keys.map((key) => quoteIdentifier(key.right)).join(', ');
  // a missing value equals none, so rows with one multiply nothing
  const known = keys.map((key) => `${quoteIdentifier(key.right)} IS NOT NULL`).join(' AND ');
  const twice = `SELECT 1 FROM ${right} WHERE ${known} GROUP BY ${names} HAVING count(*) > 1`;
  const [count] = await queryRow(connection, `SELECT count(*) FROM (${twice})`);
  if (count === 0) return;
  const message = `The other dataset has ${count} values of ${names} more than once; rows would multiply.`;
  refuse('ambiguous-match', message, 'Aggregate it first, join by more columns, or by time with asOf.');
}

const classes: Readonly<Partial<Record<Column['kind'], string>>> = {
  numeric: 'number',
  integer: 'number',
  boolean: 'boolean',
  timestamp: 'time',
};

/** Ids are stored as numbers or as text, whichever they are: an order's integer `product_id` meets a product's id. */
function mayMeet(mine: Column, theirs: Column): boolean {
  const [left, right] = [classes[mine.kind] ?? 'text', classes[theirs.kind] ?? 'text'];
  if (left === right) return true;
  const isId = mine.kind === 'id-like' || theirs.kind === 'id-like';
  return isId && [left, right].every((kind) => kind === 'number' || kind === 'text');
}

function requireSameKind(table: StepTable, other: StepTable, { left, right }: Pair, field: string): void {
  const mine = requireColumn(table, left, field);
  const theirs = requireColumn(other, right, field);
  if (mayMeet(mine, theirs)) return;
  throw new Problem(422, 'kinds-differ', `${left} is ${mine.kind} and ${right} is ${theirs.kind}.`, {
    field,
    cure: 'Join columns of the same kind.',
  });
}

/** Compared with a text, DuckDB would read it as a number, and fail on the first that is none. */
async function requireSameStorage(
  connection: StepInput['connection'],
  keys: readonly Pair[],
  mine: string,
  theirs: string,
): Promise<void> {
  const isText = async (name: string, relation: string): Promise<boolean> => {
    const [described] = await queryRows(connection, `DESCRIBE SELECT ${quoteIdentifier(name)} FROM ${relation}`);
    return described?.[1] === 'VARCHAR';
  };
  for (const { left, right } of keys) {
    if ((await isText(left, mine)) === (await isText(right, theirs))) continue;
    const message = `${shown(left)} and ${shown(right)} cannot be compared: one holds numbers, the other text.`;
    refuse('kinds-differ', message, 'Write both the same way, and upload the table again.', { column: left });
  }
}

function requireTimes(table: StepTable, other: StepTable, { left, right }: Pair): void {
  for (const [side, column] of [
    ['left', requireColumn(table, left, 'asOf.left')],
    ['right', requireColumn(other, right, 'asOf.right')],
  ] as const) {
    if (column.kind === 'timestamp') continue;
    throw new Problem(422, 'not-a-time', `The column ${column.name} is ${column.kind}, not times.`, {
      field: `asOf.${side}`,
      cure: 'Name a column of times.',
    });
  }
}
