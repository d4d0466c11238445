import { fileURLToPath } from 'node:url';
import { type ServerProcess, startServer } from '../peers/server-process.ts';

const server = fileURLToPath(new URL('./express-server.ts', import.meta.url));

/** Express 5 that parses JSON and answers with it: no model, no log. */
export function startExpress(): Promise<ServerProcess> {
  return startServer({
    name: 'Express',
    command: process.execPath,
    args: [server],
    env: { NODE_ENV: 'production' },
  });
}
