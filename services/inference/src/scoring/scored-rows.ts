import type { LoadedVersion } from '../models/loaded-models.ts';
import { refuseScoring } from './refuse-scoring.ts';

export type Inputs = LoadedVersion['inputs'];
type Instance = readonly unknown[] | Readonly<Record<string, unknown>>;

/** Rows as the predictor takes them, and what the caller calls them. */
export interface ScoredRows {
  readonly instances: readonly Instance[];
  /** such as `dataframe_split.data` */
  readonly place: string;
}

/** As many as `POST /v1/models/{name}/predictions` takes. */
export const maxRows = 10_000;

/** @throws Problem `scoring-refused` for none or too many */
export function checkRows(rows: readonly unknown[], place: string): void {
  if (rows.length >= 1 && rows.length <= maxRows) return;
  throw refuseScoring(
    `${place} has ${rows.length} rows.`,
    `Send 1 to ${maxRows} rows; predict more as a batch: POST /v1/models/{name}/batch-predictions.`,
    place,
  );
}

/**
 * Rows of values by the names of their columns, in any order; columns that are no inputs are left out, as MLflow does.
 *
 * @throws Problem `scoring-refused` when a row is of another length
 */
export function rowsByName(
  columns: readonly string[],
  rows: readonly unknown[],
  inputs: Inputs,
  place: string,
): ScoredRows {
  checkRows(rows, place);
  const known = new Set(inputs.map(({ name }) => name));
  const kept = columns.flatMap((name, at) => (known.has(name) ? [{ name, at }] : []));
  const instances = rows.map((row, index) => {
    if (!Array.isArray(row) || row.length !== columns.length) {
      const has = Array.isArray(row) ? `has ${row.length} values` : 'is no array';
      throw refuseScoring(
        `${place}[${index}] ${has}, and there are ${columns.length} columns.`,
        'Give each row one value a column, null where it is not known.',
        `${place}[${index}]`,
      );
    }
    return Object.fromEntries(kept.map(({ name, at }) => [name, row[at]]));
  });
  return { instances, place };
}

/** Objects by column name; a column that some rows have is missing in the others. */
export function rowsOfRecords(records: readonly object[], inputs: Inputs, place: string): ScoredRows {
  checkRows(records, place);
  const present = inputs
    .map(({ name }) => name)
    .filter((name) => records.some((record) => Object.hasOwn(record, name)));
  const instances = records.map((record) => {
    const fields = record as Readonly<Record<string, unknown>>;
    return Object.fromEntries(present.map((name) => [name, Object.hasOwn(fields, name) ? fields[name] : null]));
  });
  return { instances, place };
}

/** Rows of values by place: all columns of the trained table but the target, or those that the model uses. */
export function rowsByPlace(rows: readonly unknown[], inputs: Inputs, place: string): ScoredRows {
  checkRows(rows, place);
  const used = inputs.flatMap((input, at) => (input.used ? [at] : []));
  const instances = rows.map((row) => {
    const values = Array.isArray(row) ? row : [row];
    if (values.length === inputs.length || values.length !== used.length) return values;
    const whole: unknown[] = new Array(inputs.length).fill(null);
    for (const [i, at] of used.entries()) whole[at] = values[i];
    return whole;
  });
  return { instances, place };
}
