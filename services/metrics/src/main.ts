import { runProcess } from '@bellwether/platform';
import { metrics } from './service.ts';

await runProcess([metrics]);
