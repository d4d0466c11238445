import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type TemporaryFolder, temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { flowersCsv, irisFile } from './testing/sample-files.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const clientApp = fileURLToPath(new URL('../../../scripts/client_app.sh', import.meta.url));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let folder: TemporaryFolder;
let server: ChildProcess;
let url = '';

const inFolder = (name: string) => join(folder.path, name);
const environment = () => ({ PATH: process.env.PATH, DATA_DIR: inFolder('data') });

function execute(file: string, args: readonly string[], env: NodeJS.ProcessEnv = environment()): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(file, args, { env, cwd: folder.path }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

const bellwether = (...args: string[]) => execute(process.execPath, [main, ...args]);

async function startServer(...args: string[]): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, [main, 'serve', ...args], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('no output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, line };
}

async function endOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

beforeAll(async () => {
  folder = temporaryFolder();
  const started = await startServer('--port', '0');
  server = started.child;
  url = /^Bellwether is ready at (http:\/\/127\.0\.0\.1:\d+)$/.exec(started.line)?.[1] ?? '';
  expect(url).not.toBe('');
});

afterAll(async () => {
  server.kill('SIGKILL');
  await endOf(server);
  folder[Symbol.dispose]();
});

test('train and predict work through the server that has the folder', async () => {
  writeFileSync(inFolder('flowers.csv'), flowersCsv());
  const trained = await bellwether('train', 'flowers.csv', '--target', 'kind', '--algorithms', 'linear');
  expect({ code: trained.code, out: trained.out }).toEqual({ code: 0, out: expect.stringMatching(/^★ +\d +linear/m) });
  expect(trained.out + trained.err).not.toContain('\u001b');
  const predicted = await bellwether('predict', 'flowers', '--row', '7.1,south');
  expect({ code: predicted.code, out: predicted.out }).toEqual({ code: 0, out: 'lily\n' });
});

test('a target that is missing ends with 1', async () => {
  writeFileSync(inFolder('typo.csv'), flowersCsv());
  const { code, err } = await bellwether('train', 'typo.csv', '--target', 'knd');
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('(target-missing)') });
});

test('a second server on the folder ends with 1 and names the first', async () => {
  const { code, err } = await bellwether('serve', '--port', '0');
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(`in use by another process at ${url}`) });
});

test('a port that is in use ends with 1 and says how to take another', async () => {
  const { code, err } = await bellwether('serve', '--port', new URL(url).port, '--data-dir', inFolder('other'));
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('--port 0 finds a free one') });
});

test('config prints the variables', async () => {
  const { code, out } = await bellwether('config');
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(/^DURABILITY +normal +normal +normal survives/m),
  });
});

test('an unknown command ends with 2 and the nearest one, help with 0', async () => {
  const unknown = await bellwether('trian');
  expect({ code: unknown.code, err: unknown.err }).toEqual({
    code: 2,
    err: expect.stringContaining('Did you mean train?'),
  });
  const help = await bellwether('train', '--help');
  expect({ code: help.code, out: help.out }).toEqual({
    code: 0,
    out: expect.stringMatching(/Examples?:\n +\S+ .*train samples/),
  });
});

test('the shell client uploads a file with blanks in its name, and its curl lines work when pasted', async () => {
  copyFileSync(irisFile, inFolder("it's [my] iris.npy"));
  const env = { ...environment(), BELLWETHER_URL: url };
  const { code, out } = await execute(clientApp, ['--userid=u1', `--file=${inFolder("it's [my] iris.npy")}`], env);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Ready: 150 rows.') });
  const [train = '', predict = ''] = out.split('\n').flatMap((line) => (line.startsWith('  curl ') ? [line] : []));
  const accepted = JSON.parse((await execute('bash', ['-c', train])).out);
  expect(accepted.job).toMatchObject({ model: 'default' });
  const followed = await bellwether('jobs', accepted.job.id, '--follow', '--user', 'u1', '--url', url);
  expect(followed.code).toBe(0);
  expect(JSON.parse((await execute('bash', ['-c', predict])).out)).toMatchObject({ prediction: 0, model: 'default' });
});

test('the shell client prints what is wrong with a table, and ends with 1', async () => {
  writeFileSync(inFolder('ragged.csv'), 'a,"b, ""c"""\n1,2\n3,4,5\n');
  const args = ['--userid=u1', `--file=${inFolder('ragged.csv')}`, `--url=${url}`];
  const { code, err } = await execute(clientApp, args);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/rejected:\n {2}error at row 3: \S.+\. \S.+/) });
});

test.each([
  [[], 2, '--userid=ID is needed'],
  [['--userid=u 1', '--file=x'], 2, '--userid=ID is needed'],
  [['--userid=u1', '--what'], 2, 'unknown argument: --what'],
  [['--userid=u1', '--file=/nowhere/x'], 1, 'There is no file'],
  [['--userid=u1', `--file=${irisFile}`, '--url=http://127.0.0.1:1'], 1, 'No answer from http://127.0.0.1:1'],
])('the shell client refuses %j with %i', async (args, code, says) => {
  expect(await execute(clientApp, args)).toMatchObject({ code, err: expect.stringContaining(says) });
});

test('SIGTERM ends the server with 0, and lets go of the folder', async () => {
  server.kill('SIGTERM');
  expect(await endOf(server)).toBe(0);
  const next = await startServer('--port', '0', '--json');
  next.child.kill('SIGINT');
  expect(await endOf(next.child)).toBe(0);
});

test('a second Ctrl-C ends at once what a slow client would hold up', async () => {
  const { child, line } = await startServer('--port', '0', '--data-dir', inFolder('held'));
  const port = Number(new URL(line.split(' ').at(-1) ?? '').port);
  const slow = connect(port, '127.0.0.1', () => {
    slow.write(
      'POST /v1/datasets HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    );
  });
  slow.on('error', () => undefined);
  // An answer on a second connection says that the half request on the first one has arrived.
  await once(slow, 'connect');
  await fetch(`http://127.0.0.1:${port}/healthz`);
  // Signals that come together count as one: pressed until it ends.
  const pressing = setInterval(() => child.kill('SIGINT'), 100);
  const code = await endOf(child);
  clearInterval(pressing);
  slow.destroy();
  expect(code).toBe(130);
});
