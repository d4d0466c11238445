import type { Platform } from '@bellwether/platform';
import type { LoadedModels } from './models/loaded-models.ts';

/** What inference's handlers and routes work with. */
export interface Deps extends Pick<Platform, 'config' | 'database' | 'store' | 'now' | 'log'> {
  readonly models: LoadedModels;
}
