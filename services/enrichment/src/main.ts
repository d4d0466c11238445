import { runProcess } from '@bellwether/platform';
import { enrichment } from './service.ts';

await runProcess([enrichment]);
