import type { Platform } from '@bellwether/platform';
import type { LazyRemote } from '@bellwether/sagemaker/remote';
import type { TrialPool } from './local/trial-pool.ts';

/** What training's handlers and routes work with. */
export interface Deps extends Pick<Platform, 'config' | 'database' | 'store' | 'perform' | 'now' | 'newId' | 'log'> {
  /** a folder of this process alone, for files in work */
  readonly workFolder: string;
  readonly pool: TrialPool;
  readonly remote: LazyRemote;
  /** the code that trains, for the lineage of versions */
  readonly codeVersion: Promise<string>;
}
