import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, test } from '@jest/globals';
import { temporaryFolder } from '../../test/inspect-here.ts';
import { inspectUpload } from '../inspect-upload.ts';
import { defaultLimits } from '../limits.ts';
import type { TaskChild } from './fork-child.ts';
import { keepSpareChild, type SpareChild } from './spare-child.ts';

const limits = { ...defaultLimits, memoryBytes: 300 * 2 ** 20 };
const never = 2 ** 30;
const open: SpareChild[] = [];

/** A keeper, with the children that were taken from it. */
function keep(idleMilliseconds = never) {
  const spare = keepSpareChild({
    limits,
    kinds: ['inspect'],
    idleMilliseconds,
    delayMilliseconds: never,
    restMilliseconds: 0,
  });
  const taken: (TaskChild | undefined)[] = [];
  const take: SpareChild['take'] = (asked) => {
    const child = spare.take(asked);
    taken.push(child);
    return child;
  };
  open.push(spare);
  return { ...spare, take, taken };
}

async function upload(spare: SpareChild, text: string, more: Partial<typeof limits> = {}) {
  const folder = await temporaryFolder();
  const source = join(folder, 'table.csv');
  await writeFile(source, text);
  const output = join(folder, 'table.parquet');
  return inspectUpload({ source, output, workDir: join(folder, 'work'), limits: { ...limits, ...more }, spare });
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Waits for the end of a process; one that has ended and has not been asked for its exit code still has an id. */
async function untilGone(pid: number | undefined): Promise<void> {
  const state = () => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  while (!/\) [ZX]/.test(await state())) await turn();
}

/** Waits for the end of a process whose answer was enough for its parent. */
async function ended(child: TaskChild | undefined) {
  const { process } = child as TaskChild;
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
  return process;
}

afterEach(() => {
  for (const spare of open.splice(0)) spare.close();
});

test('a task is performed by the child that waits, which ends with it, and another one waits for the next', async () => {
  const spare = keep();
  spare.refill();
  expect(await upload(spare, 'a\n1\n')).toMatchObject({ ok: true, rows: 1 });
  while (spare.pid() === undefined) await turn();
  expect(await upload(spare, 'b\n1\n2\n')).toMatchObject({ ok: true, rows: 2 });
  const [first, second] = await Promise.all(spare.taken.map(ended));
  expect(first?.pid).not.toBe(second?.pid);
});

test('a task without a child that waits is performed all the same', async () => {
  const spare = keep();
  expect(await upload(spare, 'a\n1\n')).toMatchObject({ ok: true, rows: 1 });
  expect(spare.taken).toEqual([undefined]);
});

test('a rest after a task goes before the next child', async () => {
  const spare = keep();
  spare.refillSoon();
  expect(spare.pid()).toBeUndefined();
  while (spare.pid() === undefined) await turn();
});

test('a child that crashed while it waited is replaced', async () => {
  const spare = keep();
  spare.refill();
  const crashed = spare.take(limits) as TaskChild;
  spare.refill();
  crashed.process.kill('SIGKILL');
  await once(crashed.process, 'exit');
  expect(await upload(spare, 'a\n1\n')).toMatchObject({ ok: true });
});

test('a child that crashes as it is taken costs the task nothing', async () => {
  const spare = keep();
  spare.refill();
  const take: SpareChild['take'] = (asked) => {
    const child = spare.take(asked);
    child?.process.kill('SIGKILL');
    return child;
  };
  expect(await upload({ ...spare, take }, 'a\n1\n')).toMatchObject({ ok: true, rows: 1 });
  expect(spare.taken.map((child) => child?.process.signalCode)).toEqual(['SIGKILL']);
});

test('limits are those of the task, and a child with another heap is not taken', async () => {
  const spare = keep();
  spare.refill();
  expect(await upload(spare, 'a\n1\n2\n', { memoryBytes: 400 * 2 ** 20 })).toMatchObject({ ok: true });
  expect(spare.taken).toEqual([undefined]);
  expect(await upload(spare, 'a\n1\n2\n', { rows: 1 })).toMatchObject({ problems: [{ code: 'too-many-rows' }] });
  const [none, taken] = spare.taken;
  expect(none).toBeUndefined();
  await ended(taken);
});

test('a child without a task ends after its time, and no other takes its place', async () => {
  const spare = keep(1);
  spare.refill();
  const pid = spare.pid();
  await untilGone(pid);
  expect([pid, spare.pid()]).toEqual([expect.any(Number), undefined]);
});

test('a closed keeper has no child and starts none', async () => {
  const spare = keep();
  spare.refill();
  const pid = spare.pid();
  spare.close();
  spare.refill();
  expect([pid, spare.pid()]).toEqual([expect.any(Number), undefined]);
  await untilGone(pid);
});

test('a parent with nothing else to do ends at once, and its child with it', async () => {
  const module = fileURLToPath(new URL('./spare-child.ts', import.meta.url));
  const program = `
    import { keepSpareChild } from ${JSON.stringify(module)};
    const spare = keepSpareChild({ limits: { memoryBytes: ${limits.memoryBytes} }, kinds: ['inspect'] });
    spare.refill();
    console.log(spare.pid());`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { env: {} });
  expect(Number(stdout)).toBeGreaterThan(0);
  await untilGone(Number(stdout));
});
