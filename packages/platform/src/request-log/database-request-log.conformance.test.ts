import { temporaryDatabase } from '@bellwether/testkit';
import { requestLogConformance } from '@bellwether/testkit/conformance';
import { openDatabaseRequestLog } from './database-request-log.ts';

requestLogConformance('request log in the common database', async () => {
  const temporary = await temporaryDatabase();
  const { database } = temporary;
  const log = openDatabaseRequestLog({ database });
  return {
    log,
    reopen: async () => openDatabaseRequestLog({ database }),
    async close() {
      await log.close();
      await temporary[Symbol.asyncDispose]();
    },
  };
});
