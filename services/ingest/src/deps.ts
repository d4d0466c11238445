import type { SpareChild } from '@bellwether/datasets';
import type { Platform } from '@bellwether/platform';
import type { Warehouse } from '@bellwether/warehouse';

/** What ingest's handlers and routes work with. */
export interface Deps
  extends Pick<Platform, 'config' | 'database' | 'store' | 'queue' | 'perform' | 'now' | 'newId' | 'log'> {
  /** a folder of this process alone, for files in work */
  readonly workFolder: string;
  /** a child process that waits for the next table; tests go without */
  readonly spare?: SpareChild;
  /** opened when it is first needed: most installations have none */
  readonly warehouse: () => Promise<Warehouse>;
}
