import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { crashAndLook } from './crash/crash-and-look.ts';
import { oneProcess } from './crash/one-process.ts';
import { freePorts } from './stack/free-ports.ts';

// The long form is `pnpm test:crash`: 100 kills during 200 jobs.
test('killed at random moments, nothing is lost, nothing is there twice, and nothing is left over', async () => {
  using folder = temporaryFolder();
  const platform = oneProcess(folder.path, await freePorts(1));

  const { report, faults } = await crashAndLook(platform, {
    kills: 8,
    jobs: 12,
    inFlight: 4,
    seed: 1,
    say: () => undefined,
  });

  expect(faults).toEqual([]);
  expect(report.jobs.map(({ status }) => status)).toEqual(report.jobs.map(() => 'succeeded'));
  expect(report.kills).toEqual({ serve: 8 });
}, 300_000);
