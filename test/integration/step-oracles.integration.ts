import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { compareWithOracle, stepOracles } from '../../packages/datasets/test/step-oracles.ts';
import { pythonWith } from './python-environment.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../packages/datasets/scripts/make-step-oracles.py', import.meta.url));
const requirements = ['pandas==2.3.3', 'numpy==2.3.4'];
const rows = 200_000;

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
beforeAll(async () => {
  await run(await pythonWith(requirements), [script, String(rows), folder.path]);
}, 180_000);

test.each(stepOracles)(
  'of 200,000 rows %s equal pandas’',
  async (...oracle) => {
    const differences = await compareWithOracle(folder.path, oracle);
    expect(differences.length).toBeGreaterThan(0);
    for (const { column, rows, wrong } of differences) {
      expect({ column, found: rows[1], wrong }).toEqual({ column, found: rows[0], wrong: [] });
    }
  },
  60_000,
);
