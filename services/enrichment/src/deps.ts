import type { SpareChild } from '@bellwether/datasets';
import type { Platform } from '@bellwether/platform';
import type { SeriesLibrary } from './series/series-library.ts';

/** What enrichment's handlers and routes work with. */
export interface Deps extends Pick<Platform, 'config' | 'database' | 'store' | 'perform' | 'now' | 'newId' | 'log'> {
  readonly series: SeriesLibrary;
  /** a folder of this process alone, for files in work */
  readonly workFolder: string;
  /** a child process that waits for the next table; tests go without */
  readonly spare?: SpareChild;
}
