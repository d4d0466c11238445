import type { Platform } from '@bellwether/platform';
import type { LazyRemote } from '@bellwether/sagemaker/remote';
import type { ServedItems } from './items/served-items.ts';
import type { LoadedModels } from './models/loaded-models.ts';
import type { RecentTables } from './tables/recent-tables.ts';

/** What inference's handlers and routes work with. */
export interface Deps extends Pick<Platform, 'config' | 'database' | 'store' | 'perform' | 'now' | 'newId' | 'log'> {
  readonly models: LoadedModels;
  readonly tables: RecentTables;
  readonly items: ServedItems;
  readonly remote: LazyRemote;
  /** a folder of this process alone, for files in work */
  readonly workFolder: string;
}
