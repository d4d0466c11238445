import { runProcess } from '@bellwether/platform';
import { inference } from './service.ts';

await runProcess([inference]);
