import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { findFaults } from './crash/find-faults.ts';
import { runCrashes } from './crash/run-crashes.ts';

// The long form is `pnpm test:crash`: 100 kills during 200 jobs.
test('killed at random moments, nothing is lost, nothing is there twice, and nothing is left over', async () => {
  using folder = temporaryFolder();

  const report = await runCrashes({
    folder: folder.path,
    port: 18_081,
    kills: 8,
    jobs: 12,
    seed: 1,
    say: () => undefined,
  });

  expect(await findFaults(folder.path, report)).toEqual([]);
  expect(report.jobs.map(({ status }) => status)).toEqual(report.jobs.map(() => 'succeeded'));
  expect(report.kills).toBe(8);
}, 180_000);
