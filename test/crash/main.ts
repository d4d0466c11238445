import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fiveProcesses } from '../stack/five-processes.ts';
import { freePorts } from '../stack/free-ports.ts';
import { ownStack } from '../stack/own-stack.ts';
import { type Crashed, crashAndLook } from './crash-and-look.ts';
import { oneProcess } from './one-process.ts';
import type { CrashPlan } from './run-crashes.ts';

/**
 * `pnpm test:crash`: kills the server 100 times at random moments during 200 jobs and says what is wrong afterwards.
 * `pnpm test:crash:aws`: the same with the five services on LocalStack and MariaDB, which it starts for itself.
 * `--kills`, `--jobs`, `--in-flight` and `--seed` change that.
 */
const { values } = parseArgs({
  options: {
    runtime: { type: 'string', default: 'embedded' },
    kills: { type: 'string', default: '100' },
    jobs: { type: 'string', default: '200' },
    'in-flight': { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
  },
});
const plan: CrashPlan = {
  kills: Number(values.kills),
  jobs: Number(values.jobs),
  inFlight: Number(values['in-flight']),
  seed: Number(values.seed),
  say: (line) => console.log(line),
};

async function crash(folder: string): Promise<Crashed> {
  if (values.runtime !== 'aws') return await crashAndLook(oneProcess(folder, await freePorts(1)), plan);
  await using stack = await ownStack(folder);
  await using platform = fiveProcesses(stack, { folder });
  return await crashAndLook(platform, plan);
}

const folder = await mkdtemp(join(tmpdir(), 'bellwether-crash-'));
const begun = performance.now();
console.log(`${values.runtime}, seed ${plan.seed}`);
const { report, faults } = await crash(folder);
const ends = Object.entries(Object.groupBy(report.jobs, ({ status }) => status)).map(
  ([status, jobs]) => `${jobs?.length} ${status}`,
);
const kills = Object.entries(report.kills).map(([name, count]) => `${count} of ${name}`);
console.log(
  `kills: ${kills.join(', ')}; ${report.jobs.length} jobs (${ends.join(', ')}), ${report.datasets.length} datasets, ` +
    `${report.answered.length} answers, ${Math.round((performance.now() - begun) / 1000)} s`,
);
for (const job of report.jobs.filter(({ status }) => status !== 'succeeded')) console.log(job.id, job.error);
for (const fault of faults) console.log(fault);
console.log(`${faults.length} faults`);
if (faults.length === 0) await rm(folder, { recursive: true, force: true });
else console.log(`the folder is left at ${folder}`);
process.exitCode = faults.length === 0 ? 0 : 1;
