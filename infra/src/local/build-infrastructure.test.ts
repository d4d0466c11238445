import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

const root = new URL('../../..', import.meta.url).pathname;
/** A port that nobody listens on. */
const nowhere = 'http://127.0.0.1:1';

/** Runs lines in a bash of their own, from a folder of the repository. */
function bash(folder: string, lines: string): string {
  return execFileSync('bash', ['--norc', '-c', `exec 2>&1\n${lines}`], {
    cwd: `${root}/${folder}`,
    env: { PATH: process.env.PATH, AWS_ENDPOINT_URL: nowhere },
    encoding: 'utf8',
  });
}

test.each([
  ['.', 'source scripts/build_infrastructure.sh'],
  ['scripts', 'source build_infrastructure.sh'],
  ['scripts', '. ./build_infrastructure.sh'],
])('from %s, `%s` says that LocalStack is missing and leaves the shell alive', (folder, line) => {
  const output = bash(folder, `${line}; echo "status $?"`);
  expect(output).toContain(`error: LocalStack does not answer at ${nowhere}. Start it with:`);
  expect(output).toMatch(/status 1\n$/);
});

test('it leaves no option, function or variable behind', () => {
  const state = 'set +o; compgen -A function; compgen -v | grep -i bellwether';
  const output = bash(
    '.',
    `before=$(${state})
    source scripts/build_infrastructure.sh > /dev/null 2>&1
    after=$(${state})
    [ "$before" = "$after" ] && echo same || diff <(echo "$before") <(echo "$after")`,
  );
  expect(output).toBe('same\n');
});

test('it works in a shell that refuses unset variables', () => {
  const output = bash(
    '.',
    'unset AWS_ENDPOINT_URL; AWS_ENDPOINT_URL=http://127.0.0.1:1; set -u; source scripts/build_infrastructure.sh; echo alive',
  );
  expect(output).toMatch(/alive\n$/);
  expect(output).not.toContain('unbound');
});
