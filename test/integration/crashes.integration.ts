import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { crashAndLook } from '../crash/crash-and-look.ts';
import { fiveProcesses } from '../stack/five-processes.ts';
import { ownStack } from '../stack/own-stack.ts';

/** The seed of kills and tables. The long form is `pnpm test:crash:aws`, where it can be another one. */
const seed = 1;

test(`five services on SQS, S3 and MySQL, each killed at random moments during 100 jobs (seed ${seed}): nothing lost, twice or left over`, async () => {
  using folder = temporaryFolder();
  await using stack = await ownStack(folder.path);
  await using platform = fiveProcesses(stack, { folder: folder.path });

  const { report, faults } = await crashAndLook(platform, {
    kills: 15,
    jobs: 100,
    inFlight: 8,
    seed,
    say: () => undefined,
  });

  expect(faults).toEqual([]);
  expect(report.jobs.map(({ status }) => status)).toEqual(report.jobs.map(() => 'succeeded'));
  expect(report.jobs).toHaveLength(100);
  expect(report.kills).toEqual({ ingest: 3, enrichment: 3, training: 3, inference: 3, metrics: 3 });
}, 900_000);
