import { join } from 'node:path';
import { temporaryFolder } from '@bellwether/testkit';
import { requestLogConformance } from '@bellwether/testkit/conformance';
import { openSqliteRequestLog } from './sqlite-request-log.ts';

requestLogConformance('SQLite request log', async () => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'log', 'requests.sqlite');
  const log = openSqliteRequestLog({ path });
  return {
    log,
    reopen: async () => openSqliteRequestLog({ path }),
    async close() {
      await log.close();
      folder[Symbol.dispose]();
    },
  };
});
