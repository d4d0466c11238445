import type { Platform } from '@bellwether/platform';

/** What metrics' handlers and routes work with. */
export type Deps = Pick<Platform, 'database' | 'requestLog' | 'now' | 'newId' | 'log'>;
