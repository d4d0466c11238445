import type { Platform } from '@bellwether/platform';
import type { Warehouse } from '@bellwether/warehouse';

/** What metrics' handlers and routes work with. */
export interface Deps
  extends Pick<Platform, 'database' | 'requestLog' | 'store' | 'perform' | 'now' | 'newId' | 'log'> {
  /** a folder of this process alone, for files in work */
  readonly workFolder: string;
  /** opened when it is first needed: most installations have none */
  readonly warehouse: () => Promise<Warehouse>;
}
