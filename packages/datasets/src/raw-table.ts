import type { DataProblem } from '@bellwether/contracts';
import type { RefusedData } from './problem.ts';

/**
 * What the values of an uploaded column are before kinds are inferred: `untyped` is text from a CSV file, in which
 * anything may be written; the others were typed by the file.
 */
export type RawType = 'untyped' | 'string' | 'integer' | 'real' | 'boolean' | 'timestamp';

export interface RawColumn {
  readonly name: string;
  /** its name in the relation `raw`: c0, c1, … */
  readonly sql: string;
  readonly type: RawType;
}

/** What values may be read as by the reader of a file itself. */
export type PlainType = 'BIGINT' | 'DOUBLE' | 'TIMESTAMP';

/** How to read an upload as values. */
export interface PlainReading {
  /** of each column; text if undefined */
  readonly types: readonly (PlainType | undefined)[];
  /** missing values may be spelled, as `NA`, and not just left out */
  readonly spelledGaps: boolean;
}

/** An upload as a relation `raw` in file order, with what reading it brought up. */
export interface RawTable {
  /** what `raw` is: a query over files, so that it can be had in another session */
  readonly query: string;
  /** writes `raw` down where to look at it again and again would take long, and is the query to have it from there */
  readonly keep?: () => Promise<string>;
  /**
   * What `raw` is with values in place of some of the text, whole numbers as DOUBLE: half the work. The query fails on
   * text that is none. Undefined where a value can be written in ways that `Reading`s take for something else.
   */
  readonly plain?: (reading: PlainReading) => string | undefined;
  /** what an error of a query over `raw` says about the upload, if anything */
  readonly explain?: (error: unknown) => RefusedData | undefined;
  readonly columns: readonly RawColumn[];
  readonly rows: number;
  /** warnings only: what refuses the table is thrown */
  readonly problems: readonly DataProblem[];
  /** numbers may be written with a decimal comma */
  readonly decimalComma: boolean;
  /** where rows, counted from 0, are in the uploaded file: `DataProblem.row` */
  places(rows: readonly number[]): Promise<ReadonlyMap<number, number>>;
}

export const rawName = (index: number): string => `c${index}`;

/** Places in a table without lines: rows counted from 1. */
export const rowNumbers: RawTable['places'] = async (rows) => new Map(rows.map((row) => [row, row + 1]));
