import type { ColumnKind } from '../table.ts';

export interface OwnColumn {
  readonly kind: ColumnKind;
  /** most characters of a text */
  readonly length?: number;
  readonly isRequired?: true;
}

/** A table that the pipeline makes and writes. */
export interface OwnTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, OwnColumn>>;
  readonly primaryKey?: readonly string[];
  /** by which rows are found */
  readonly index?: readonly string[];
}
