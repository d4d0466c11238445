import type { Column, ColumnKind, ColumnProfile, DataProblem, Profile } from '@bellwether/contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { shown, warning } from '../problem.ts';
import { kindOfString } from './kind-of-string.ts';
import { type ColumnMeasures, measureProfile, type StoredColumn } from './measure-profile.ts';
import { identifiesRows } from './row-identifiers.ts';
import { topValues } from './top-values.ts';

const given = (value: unknown): value is number | string => typeof value === 'number' || typeof value === 'string';

function columnProfile(name: string, rows: number, measures: ColumnMeasures, top: ColumnProfile['top']): ColumnProfile {
  const { min, max, mean, standardDeviation, quantiles } = measures.found;
  return {
    name,
    nulls: rows - measures.present,
    distinct: measures.distinct,
    ...(given(min) ? { min } : {}),
    ...(given(max) ? { max } : {}),
    ...(typeof mean === 'number' ? { mean } : {}),
    ...(typeof standardDeviation === 'number' ? { standardDeviation } : {}),
    ...(typeof quantiles === 'string' ? { quantiles: JSON.parse(quantiles) as number[] } : {}),
    ...(top === undefined ? {} : { top }),
  };
}

function columnWarnings(name: string, rows: number, { present, distinct }: ColumnMeasures): DataProblem[] {
  if (present === 0) {
    const message = `The column ${shown(name)} has no values.`;
    return [warning('all-null-column', message, 'Fill it in or leave it out; it is not used.', { column: name })];
  }
  if (distinct > 1 || (rows === 1 && distinct === 1)) return [];
  const message = `All values of the column ${shown(name)} are the same.`;
  return [warning('constant-column', message, 'Leave it out: nothing can be learned from it.', { column: name })];
}

export interface Profiled {
  readonly schema: Column[];
  readonly profile: Profile;
  readonly problems: DataProblem[];
}

/**
 * Profiles a stored table and settles the kinds that need distinct values to be told.
 *
 * @param measuredColumns names of columns that are measurements whatever they look like: the target and the time
 */
export async function buildProfile(
  connection: DuckDBConnection,
  path: string,
  columns: readonly StoredColumn[],
  rows: number,
  measuredColumns: ReadonlySet<string>,
): Promise<Profiled> {
  const measures = await measureProfile(connection, path, columns, rows);
  const kinds: ColumnKind[] = [];
  for (const [index, { name, kind }] of columns.entries()) {
    const measured = measures[index] as ColumnMeasures;
    if (kind === 'string') kinds.push(kindOfString(name, measured));
    else if (kind !== 'integer' || measuredColumns.has(name)) kinds.push(kind);
    else kinds.push((await identifiesRows(connection, path, name, measured, rows)) ? 'id-like' : kind);
  }
  const counted = columns.filter((_, index) => kinds[index] === 'categorical' || kinds[index] === 'boolean');
  const top = await topValues(
    connection,
    path,
    counted.map(({ name }) => name),
  );
  return {
    schema: columns.map(({ name }, index) => ({
      name,
      kind: kinds[index] as ColumnKind,
      nullable: (measures[index] as ColumnMeasures).present < rows,
    })),
    profile: {
      rows,
      columns: columns.map(({ name }, index) =>
        columnProfile(name, rows, measures[index] as ColumnMeasures, top.get(name)),
      ),
    },
    problems: columns.flatMap(({ name }, index) => columnWarnings(name, rows, measures[index] as ColumnMeasures)),
  };
}
