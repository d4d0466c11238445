import { runProcess } from '@bellwether/platform';
import { training } from './service.ts';

await runProcess([training]);
