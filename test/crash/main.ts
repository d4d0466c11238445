import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findFaults } from './find-faults.ts';
import { runCrashes } from './run-crashes.ts';

/**
 * `pnpm test:crash`: kills the server 100 times at random moments during 200 jobs and says what is wrong afterwards.
 * `--kills`, `--jobs`, `--seed` and `--port` change that.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    jobs: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '18080' },
  },
});
const folder = await mkdtemp(join(tmpdir(), 'bellwether-crash-'));
const begun = performance.now();
const report = await runCrashes({
  folder,
  port: Number(values.port),
  kills: Number(values.kills),
  jobs: Number(values.jobs),
  seed: Number(values.seed),
  say: (line) => console.log(line),
});
const faults = await findFaults(folder, report);
const ends = Object.entries(Object.groupBy(report.jobs, ({ status }) => status)).map(
  ([status, jobs]) => `${jobs?.length} ${status}`,
);
console.log(
  `${report.kills} kills, ${report.jobs.length} jobs (${ends.join(', ')}), ${report.datasets.length} datasets, ` +
    `${report.answered.length} answers, ${Math.round((performance.now() - begun) / 1000)} s`,
);
for (const job of report.jobs.filter(({ status }) => status !== 'succeeded')) console.log(job.id, job.error);
for (const fault of faults) console.log(fault);
console.log(`${faults.length} faults`);
if (faults.length === 0) await rm(folder, { recursive: true, force: true });
else console.log(`the folder is left at ${folder}`);
process.exitCode = faults.length === 0 ? 0 : 1;
