import type { SeriesTables } from '@bellwether/datasets';
import type { ForecastRequest, StoredChunk } from '@bellwether/forecasting';
import type { NegativesWish } from './negatives.ts';

/** What the child process is asked: plain data and paths of local files. */
export interface PanelTask {
  readonly tables: SeriesTables;
  readonly request: ForecastRequest;
  /** as asked; absent: as the stamps say */
  readonly frequency?: string;
  /** IANA name; absent: UTC */
  readonly timeZone?: string;
  /** default: kept */
  readonly negatives?: NegativesWish;
  /** milliseconds since the epoch: values after it cannot have been measured */
  readonly now: number;
  /** where chunks are written, and what does not fit into memory */
  readonly folder: string;
}

export interface PreparedPanel {
  /** name of the index in the folder */
  readonly index: string;
  readonly chunks: readonly StoredChunk[];
  /** what was done to the data and why, a sentence each */
  readonly notes: readonly string[];
}
