import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Split, splitHoldout } from '@bellwether/learning';
import type { PythonEnvironment } from '../peers/python-environment.ts';
import { type ServerProcess, startServer } from '../peers/server-process.ts';
import { csvOf, frameOf, type TrainingTable, targetOf } from './table.ts';

const server = fileURLToPath(new URL('./fastapi/server.py', import.meta.url));
export const requirements = fileURLToPath(new URL('./fastapi/requirements.txt', import.meta.url));

/** Row numbers of what Bellwether trains on, and of what it holds out. */
export const splitOf = (table: TrainingTable): Split => splitHoldout(frameOf(table), { target: targetOf(table) });

/** One process of FastAPI, uvicorn and scikit-learn, its model trained on the rows that Bellwether trained on. */
export async function startFastApi(
  { python }: PythonEnvironment,
  table: TrainingTable,
  folder: string,
): Promise<ServerProcess> {
  const file = join(folder, 'training.csv');
  const rows = [...splitOf(table).training].map((row) => table.rows[row] ?? []);
  await writeFile(file, csvOf({ ...table, rows }));
  return await startServer({
    name: 'FastAPI',
    command: python,
    args: [server, file],
    // One row has nothing to share among threads; BLAS would start some all the same and wait for them.
    env: { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
}
