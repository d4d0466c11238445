import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { compareWithOracle, stepOracles } from '../../test/step-oracles.ts';

/** 300 rows; the integration tests make 200,000. */
const folder = fileURLToPath(new URL('../../fixtures/steps', import.meta.url));

test.each(stepOracles)('%s equal pandas’', async (...oracle) => {
  const differences = await compareWithOracle(folder, oracle);
  expect(differences.length).toBeGreaterThan(0);
  for (const { column, rows, wrong } of differences) {
    expect({ column, found: rows[1], wrong }).toEqual({ column, found: rows[0], wrong: [] });
  }
});
