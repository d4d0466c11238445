import { runProcess } from '@bellwether/platform';
import { ingest } from './service.ts';

await runProcess([ingest]);
