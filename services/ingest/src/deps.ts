import type { Platform } from '@bellwether/platform';

/** What ingest's handlers and routes work with. */
export interface Deps
  extends Pick<Platform, 'config' | 'database' | 'store' | 'queue' | 'perform' | 'now' | 'newId' | 'log'> {
  /** a folder of this process alone, for files in work */
  readonly workFolder: string;
}
