import type { DataProblem, Roles } from '@bellwether/contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { isOutOfMemory } from './child/refusal.ts';
import { queryRow } from './duckdb/measure-columns.ts';
import type { OpenForWidth } from './duckdb/open-for-width.ts';
import { copyToParquet } from './duckdb/parquet-file.ts';
import { quoteIdentifier } from './duckdb/quote.ts';
import { withDateSpellings } from './infer/date-spellings.ts';
import { decideTime } from './infer/decide-time.ts';
import type { Decision } from './infer/decision.ts';
import { type FirstLook, sample } from './infer/first-look.ts';
import { withIdsAsText } from './infer/ids-as-text.ts';
import { type Candidates, candidatesOf, type Inferred, inferColumns } from './infer/infer-columns.ts';
import { locateFindings } from './infer/locate-findings.ts';
import { type Proof, proofOf } from './infer/prove.ts';
import { RefusedData, refuse } from './problem.ts';
import type { RawTable } from './raw-table.ts';

/** Fewer rows are weighed in no time. */
const manyRows = 50_000;

const createRaw = ({ query }: RawTable): string => `CREATE OR REPLACE VIEW raw AS ${query}`;

interface Columns {
  readonly decisions: readonly Decision[];
  /** warnings */
  readonly findings: readonly DataProblem[];
}

/**
 * Decides what the columns of an upload are, from all of their values, and stores them as Parquet.
 *
 * @param first of the same `raw`, where its first rows have been looked at
 * @throws RefusedData with the values that stand out
 */
export async function storeColumns(
  table: RawTable,
  { roles, output }: { readonly roles: Roles; readonly output: string },
  open: OpenForWidth,
  first?: FirstLook,
): Promise<Columns> {
  const width = table.columns.length;
  const { connection } = await open(width);
  await connection.run(createRaw(table));
  const candidates = first?.candidates ?? (await candidatesOf(connection, table, roles.target));
  const sampled = first?.sampled;
  const proven = await storeProven(connection, table, { candidates, sampled }, roles, output);
  if (proven !== undefined) {
    const spelled = await withDateSpellings(connection, table, proven);
    const decisions = withIdsAsText(table, spelled, roles.item);
    return { decisions, findings: await locateFindings(connection, table, decisions) };
  }

  const weighed = await inferColumns(connection, table, candidates);
  if (weighed.rows !== table.rows) {
    const cure = 'Save it with plain quoting (RFC 4180) and one kind of line end.';
    refuse('unreadable-file', `The file has ${table.rows} rows, of which ${weighed.rows} can be read.`, cure);
  }
  const spelled = await withDateSpellings(connection, table, weighed.decisions);
  const named = withIdsAsText(table, spelled, roles.item);
  const decisions = await decideTime(connection, table, named, roles.timestamp);
  const findings = await locateFindings(connection, table, decisions);
  if (findings.some(({ severity }) => severity === 'error')) throw new RefusedData(findings);

  const session = await open(width);
  await session.connection.run(createRaw(table));
  const values = table.columns.map(({ name }, index) => `${decisions[index]?.sql} AS ${quoteIdentifier(name)}`);
  await session.connection.run(copyToParquet(`SELECT ${values.join(', ')} FROM raw`, output, width));
  return { decisions, findings };
}

/**
 * Stores a long table as its first rows say, in a pass that fails on any value which would have been read otherwise: the
 * result is that of weighing all values first, in half the time. Undefined when it has to be
 * done so, and where the file has types of its own.
 */
async function storeProven(
  connection: DuckDBConnection,
  table: RawTable,
  { candidates, sampled: known }: { readonly candidates: Candidates; readonly sampled: Inferred | undefined },
  roles: Roles,
  output: string,
): Promise<readonly Decision[] | undefined> {
  if (table.rows < manyRows || table.columns.some(({ type }) => type !== 'untyped')) return undefined;
  const sampled = known ?? (await inferColumns(connection, table, candidates, sample));
  const decisions = withIdsAsText(table, sampled.decisions, roles.item);
  const proofs = table.columns.map((column, index) => {
    const decision = decisions[index] as Decision;
    // Names are taken as they are: there is nothing else that they could have been read as.
    const isName = column.name === roles.item && decision.kind === 'string';
    return proofOf(column, decision, isName ? [] : (candidates.get(column) ?? []));
  });
  const time = table.columns.findIndex(({ name }) => name === roles.timestamp);
  if (!proofs.every((proof) => proof !== undefined)) return undefined;
  if (time !== -1 && decisions[time]?.kind !== 'timestamp') return undefined;
  // of text any value may be a gap, far behind the sample too
  const spelledGaps = sampled.gaps || proofs.some(({ plain }) => plain === undefined);
  const plain = table.plain?.({ types: proofs.map((proof) => proof.plain?.type), spelledGaps });
  if (plain !== undefined && (await stores(plainValues(table, proofs, plain)))) return decisions;
  return (await stores(provenValues(table, proofs))) ? decisions : undefined;

  async function stores(query: string): Promise<boolean> {
    try {
      const [rows] = await queryRow(connection, copyToParquet(query, output, table.columns.length));
      return rows === table.rows;
    } catch (error) {
      if (isOutOfMemory(error)) throw error;
      return false;
    }
  }
}

/** SQL of the stored values where the file's reader hands on some as values. */
function plainValues({ columns }: RawTable, proofs: readonly Proof[], plain: string): string {
  const read = columns.map(({ sql }, index) => {
    const { read, plain } = proofs[index] as Proof;
    return `${sql}, ${plain === undefined ? read : sql} AS ${sql}_read`;
  });
  const values = columns.map(({ name, sql }, index) => {
    const { value, plain } = proofs[index] as Proof;
    return `${(plain?.value ?? value)(`${sql}_read`)} AS ${quoteIdentifier(name)}`;
  });
  return `SELECT ${values.join(', ')} FROM (SELECT ${read.join(', ')} FROM (${plain}))`;
}

function provenValues({ columns }: RawTable, proofs: readonly Proof[]): string {
  const read = columns.map(({ sql }, index) => `${sql}, ${proofs[index]?.read} AS ${sql}_read`);
  const values = columns.map(
    ({ name, sql }, index) => `${proofs[index]?.value(`${sql}_read`)} AS ${quoteIdentifier(name)}`,
  );
  return `SELECT ${values.join(', ')} FROM (SELECT ${read.join(', ')} FROM raw)`;
}
