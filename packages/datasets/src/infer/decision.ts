import type { ColumnKind, DataProblem } from '@bellwether/contracts';

/** Kinds known from the values alone; `string` becomes categorical, id-like or text after the profile. */
export type ProvisionalKind = Exclude<ColumnKind, 'categorical' | 'text' | 'id-like'> | 'string';

/** The first value of one spelling of dates. */
export interface SpelledDate {
  /** counted from 0 */
  readonly row: number;
  readonly value: string;
}

/** Something found in a column, whose first place is still to be looked up. */
export interface Finding {
  readonly severity: DataProblem['severity'];
  readonly code: string;
  /** how many values */
  readonly count: number;
  /** what it is, after "value" and before the cure: `is not a number` */
  readonly message: string;
  readonly cure: string;
  /** SQL that is true for such a value */
  readonly where: string;
  /** in which ways the column's dates are spelled; `message` then follows after them */
  readonly spellings?: readonly SpelledDate[];
}

export interface Decision {
  readonly kind: ProvisionalKind;
  /** SQL of the value that is stored, over `raw` */
  readonly sql: string;
  readonly findings: readonly Finding[];
}

export const asString = (sql: string, findings: readonly Finding[] = []): Decision => ({
  kind: 'string',
  sql: `CAST(${sql} AS VARCHAR)`,
  findings,
});
