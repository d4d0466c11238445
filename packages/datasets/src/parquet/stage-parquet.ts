import type { DataProblem } from '@bellwether/contracts';
import { queryRow, queryRows } from '../duckdb/measure-columns.ts';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier, quoteLiteral } from '../duckdb/quote.ts';
import { nameColumns } from '../name-columns.ts';
import { fault, maxProblems, RefusedData, refuse, shown } from '../problem.ts';
import { type RawTable, rawName, rowNumbers } from '../raw-table.ts';
import type { Staging } from '../staging.ts';
import { checkContainer } from './check-container.ts';
import { rawType } from './raw-type.ts';

interface SchemaNode {
  readonly name: string;
  readonly children: number;
}

/** The columns of the root, which parquet_schema lists depth first among all nodes. */
function topLevel(nodes: readonly SchemaNode[]): SchemaNode[] {
  const columns: SchemaNode[] = [];
  const skip = (index: number): number => {
    let next = index + 1;
    for (let child = 0; child < (nodes[index]?.children ?? 0); child += 1) next = skip(next);
    return next;
  };
  for (let index = 1; index < nodes.length; index = skip(index)) columns.push(nodes[index] as SchemaNode);
  return columns;
}

const nestedColumn = (name: string): DataProblem =>
  fault('nested-column', `The column ${shown(name)} holds lists, maps or structs.`, 'Flatten it into plain columns.', {
    column: name,
  });

/**
 * Makes a Parquet file with flat columns the relation `raw`.
 *
 * @throws RefusedData with what is wrong and in which column
 */
export async function stageParquet(staging: Staging): Promise<RawTable> {
  const { source, limits } = staging;
  await checkContainer(source);
  const schema = await queryRows(
    (await staging.open(1)).connection,
    `SELECT name, coalesce(num_children, 0) FROM parquet_schema(${quoteLiteral(source)})`,
  );
  const found = topLevel(schema.map(([name, children]) => ({ name: String(name), children: Number(children) })));
  const { connection } = await staging.open(found.length);
  if (found.length === 0) refuse('no-columns', 'The Parquet file has no columns.', 'Write a table with columns.');
  const named = nameColumns(found.map(({ name }) => name));
  const nested = found.filter(({ children }) => children > 0).map(({ name }) => nestedColumn(name));
  const faults = [...named.problems.filter(({ severity }) => severity === 'error'), ...nested];
  if (faults.length > 0) throw new RefusedData(faults.slice(0, maxProblems));
  staging.checkNames(named.names);

  const [rows] = (await queryRow(connection, `SELECT count(*) FROM ${parquet(source)}`)).map(Number);
  if (!rows) refuse('no-rows', 'The Parquet file has no rows.', 'Upload a table with rows.');
  if (rows > limits.rows) {
    refuse('too-many-rows', `The table has ${rows} rows; ${limits.rows} are the most.`, 'Upload fewer rows.');
  }
  // by place, since DuckDB gives a column that lacks a name, or has a reserved one, a name of its own
  const described = await queryRows(connection, `DESCRIBE SELECT * FROM ${parquet(source)}`);
  const columns = described.map(([sqlName, sqlType], index) => {
    const name = named.names[index] ?? String(sqlName);
    const raw = rawType(String(sqlType));
    if (raw === undefined) {
      const cure = 'Leave it out, or write it as text or numbers.';
      return refuse('unsupported-type', `The column ${shown(name)} is of type ${sqlType}.`, cure, { column: name });
    }
    const identifier = quoteIdentifier(String(sqlName));
    const value = raw.cast === undefined ? identifier : `CAST(${identifier} AS ${raw.cast})`;
    return { name, sql: rawName(index), type: raw.type, value };
  });
  const values = columns.map(({ value, sql }) => `${value} AS ${sql}`).join(', ');
  const query = `SELECT ${values} FROM ${parquet(source)}`;
  return { query, columns, rows, problems: named.problems, decimalComma: false, places: rowNumbers };
}
