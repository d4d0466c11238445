import type { Column, JoinStep } from '@bellwether/contracts';
import { Problem } from '@bellwether/contracts/problem';
import { queryRow } from '../duckdb/measure-columns.ts';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { refuse } from '../problem.ts';
import type { StepDefinition } from './step-definition.ts';
import { requireColumn, type StepTable, withColumns } from './step-table.ts';

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
    const equal = keys.map((key) => `l.${quoteIdentifier(key.left)} = r.${quoteIdentifier(key.right)}`);
    const added = (step.columns ?? []).map(
      (name) => `r.${quoteIdentifier(name)} AS ${quoteIdentifier(step.prefix + name)}`,
    );
    if (step.asOf === undefined) {
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
    const latest = `l.${quoteIdentifier(left)} >= r.${quoteIdentifier(time)}`;
    return `SELECT l.*, ${added.join(', ')} FROM ${from} AS l
      ASOF LEFT JOIN ${uniqueTimes(right, keys, time, other(step.dataset) ?? [])} AS r ON ${[...equal, latest].join(' AND ')}`;
  },
});

/** Of several rows at one time one is taken whatever their order in the file: the largest, from left to right. */
function uniqueTimes(right: string, keys: readonly Pair[], time: string, columns: readonly Column[]): string {
  const moment = [...keys.map((key) => key.right), time].map(quoteIdentifier).join(', ');
  const largest = columns.map(({ name }) => `${quoteIdentifier(name)} DESC`).join(', ');
  return `(SELECT * FROM ${right} QUALIFY row_number() OVER (PARTITION BY ${moment} ORDER BY ${largest}) = 1)`;
}

async function refuseDuplicates(
  connection: Parameters<typeof queryRow>[0],
  right: string,
  keys: readonly Pair[],
): Promise<void> {
  const names = keys.map((key) => quoteIdentifier(key.right)).join(', ');
  const twice = `SELECT 1 FROM ${right} GROUP BY ${names} HAVING count(*) > 1`;
  const [count] = await queryRow(connection, `SELECT count(*) FROM (${twice})`);
  if (count === 0) return;
  const message = `The other dataset has ${count} values of ${names} more than once; rows would multiply.`;
  refuse('ambiguous-match', message, 'Aggregate it first, join by more columns, or by time with asOf.');
}

function requireSameKind(table: StepTable, other: StepTable, { left, right }: Pair, field: string): void {
  const classOf = (column: Column) =>
    ({ numeric: 'number', integer: 'number', boolean: 'boolean', timestamp: 'time' })[column.kind as string] ?? 'text';
  const mine = requireColumn(table, left, field);
  const theirs = requireColumn(other, right, field);
  if (classOf(mine) === classOf(theirs)) return;
  throw new Problem(422, 'kinds-differ', `${left} is ${mine.kind} and ${right} is ${theirs.kind}.`, {
    field,
    cure: 'Join columns of the same kind.',
  });
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
