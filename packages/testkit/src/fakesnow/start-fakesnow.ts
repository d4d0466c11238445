import { fileURLToPath } from 'node:url';
import { pythonEnvironment } from '../python/python-environment.ts';
import { type PythonServer, startPythonServer } from '../python/python-server.ts';

const folder = fileURLToPath(new URL('../../fakesnow/', import.meta.url));

/**
 * Starts PyPI's `fakesnow`, which answers Snowflake's protocol and runs its SQL on DuckDB in memory. Databases are made
 * when somebody connects to them; any user and password will do. It ends at the end of the scope, or with this process.
 */
export async function startFakesnow(): Promise<PythonServer> {
  const python = await pythonEnvironment(`${folder}requirements.txt`);
  return await startPythonServer({ python, script: `${folder}server.py` });
}
