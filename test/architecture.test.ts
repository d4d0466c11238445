import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allServices } from '@bellwether/cli';
import { api, flow, flowDiagram, type Hop, type Operation } from '@bellwether/contracts';
import { temporaryFolder } from '@bellwether/testkit';
import { describe, expect, test } from '@jest/globals';

const root = new URL('..', import.meta.url).pathname;
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

/** Runs the repository's own rules over a small tree with the given files. Returns the names of broken rules. */
function brokenRules(files: Readonly<Record<string, string>>): string[] {
  using folder = temporaryFolder();
  for (const [path, content] of Object.entries({ 'tsconfig.json': '{}', ...files })) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), content);
  }
  const options = [
    '--config',
    join(root, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
    'packages',
    'services',
    'infra',
  ];
  let output: string;
  try {
    output = execFileSync(process.execPath, [cruiser, ...options], { cwd: folder.path, encoding: 'utf8' });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const { summary } = JSON.parse(output) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(summary.violations.map(({ rule }) => rule.name))];
}

const clean = {
  'packages/contracts/src/index.ts': 'export const a = 1;',
  'packages/platform/src/index.ts': "import { a } from '../../contracts/src/index.ts';\nexport const b = a;",
  'services/ingest/src/service.ts': "import { b } from '../../../packages/platform/src/index.ts';\nexport const c = b;",
  'packages/testkit/src/index.ts': 'export const t = 1;',
  'infra/src/index.ts': 'export const s = 1;',
};

describe('a planted violation is found by name', () => {
  const planted: [rule: string, path: string, content: string][] = [
    [
      'services-apart',
      'services/training/src/planted.ts',
      "import { c } from '../../ingest/src/service.ts';\nexport const d = c;",
    ],
    [
      'contracts-zod-only',
      'packages/contracts/src/planted.ts',
      "import { b } from '../../platform/src/index.ts';\nexport const d = b;",
    ],
    [
      'learning-imports',
      'packages/learning/src/planted.ts',
      "import { b } from '../../platform/src/index.ts';\nexport const d = b;",
    ],
    [
      'testkit-in-tests-only',
      'packages/platform/src/planted.ts',
      "import { t } from '../../testkit/src/index.ts';\nexport const d = t;",
    ],
    [
      'infra-apart',
      'packages/platform/src/planted.ts',
      "import { s } from '../../../infra/src/index.ts';\nexport const d = s;",
    ],
    ['no-cycles', 'packages/learning/src/planted.ts', "import './other.ts';"],
    ['resolvable', 'packages/learning/src/planted.ts', "import './nowhere.ts';"],
  ];

  test.each(planted)('%s', (rule, path, content) => {
    const other = { 'packages/learning/src/other.ts': "import './planted.ts';" };
    expect(brokenRules(clean)).toEqual([]);
    expect(brokenRules({ ...clean, ...(rule === 'no-cycles' ? other : {}), [path]: content })).toContain(rule);
  });
});

test('each hop of the flow has exactly one handler with each of its consumers, and no service has another', () => {
  const handled = allServices.flatMap(({ service, handlers }) =>
    Object.keys(handlers).map((row) => `${service}/${row}`),
  );
  const expected = (Object.entries(flow) as [string, Hop][]).flatMap(([row, { to }]) =>
    to.map((service) => `${service}/${row}`),
  );
  expect(handled.toSorted()).toEqual(expected.toSorted());
});

test('each operation of the HTTP contract is answered by its service', () => {
  const answered = allServices.flatMap(({ service, routes }) =>
    Object.keys(routes).map((name) => `${service}/${name}`),
  );
  const expected = (Object.entries(api) as [string, Operation][]).map(([name, { service }]) => `${service}/${name}`);
  expect(answered.toSorted()).toEqual(expected.toSorted());
});

test('the flow diagram in the README is current: `pnpm generate` writes it', () => {
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(flowDiagram());
});
