import { type Config, readConfig } from '@bellwether/platform';

/** What each variable of a service is when its environment is silent: queues, bucket and tasks must agree with it. */
export const defaults: Config = readConfig({});
