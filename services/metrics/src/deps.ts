import type { Platform } from '@bellwether/platform';

/** What metrics' handlers and routes work with. */
export interface Deps
  extends Pick<Platform, 'database' | 'requestLog' | 'store' | 'perform' | 'now' | 'newId' | 'log'> {
  /** a folder of this process alone, for files in work */
  readonly workFolder: string;
}
