import { type Column, EnrichmentStep } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { resolveSteps } from './resolve-steps.ts';

const column = (name: string, kind: Column['kind'] = 'numeric'): Column => ({ name, kind, nullable: false });

const resolve = (steps: readonly object[]) =>
  resolveSteps(
    steps.map((step) => EnrichmentStep.parse(step)),
    {
      columns: [column('day', 'timestamp'), ...Array.from({ length: 1995 }, (_, index) => column(`c${index}`))],
      roles: {},
    },
  );

test('steps that leave more columns than can be stored are refused before any row is read', () => {
  const lags = (periods: number) => ({ kind: 'lags', column: 'c1', periods });
  expect(resolve([lags(2)]).table.columns).toHaveLength(2000);
  expect(() => resolve([lags(3)])).toThrow('The steps leave 2002 columns; 2000 are the most.');
  expect(resolve([lags(400), { kind: 'select', columns: ['day', 'c1'] }]).table.columns).toHaveLength(2);
});

test('a measurement that was taken for an identifier is refused with the way out', () => {
  const table = { columns: [column('day', 'timestamp'), column('n', 'id-like')], roles: {} };
  const step = EnrichmentStep.parse({ kind: 'lags', column: 'n', periods: 1 });
  expect(() => resolveSteps([step], table)).toThrow(
    expect.objectContaining({
      code: 'not-a-number',
      options: expect.objectContaining({ cure: expect.stringContaining('role target') }),
    }),
  );
});
