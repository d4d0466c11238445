import { join } from 'node:path';
import { EnrichmentStep } from '@bellwether/contracts';
import { deriveDataset, inspectUpload, keepSpareChild, resolveSteps } from '@bellwether/datasets';
import type { Task } from '../task.ts';
import { cpuSeconds, untilChildrenRest, watchChildren } from './watch-children.ts';

const task = JSON.parse(process.argv[2] ?? '') as Task;
const { work, orders, series, output, folder, windows, lags } = task;

/** As the services have it, with the default of PARSE_MEMORY_MB. */
const options = { workDir: folder, limits: { memoryBytes: 768 * 2 ** 20, wallMilliseconds: 900_000 } };
const roles = { timestamp: 'CHECKOUT_DATE', item: 'PRODUCT_ID', target: 'QUANTITY' };
const ids = Object.keys(series);
const asked: unknown[] = [
  { kind: 'macro', series: ids },
  {
    kind: 'aggregate',
    period: 'week',
    gaps: 'none',
    values: [{ column: 'QUANTITY' }, ...ids.map((column) => ({ column, function: 'last' }))],
  },
  { kind: 'lags', periods: lags, differences: false },
  { kind: 'rolling', windows },
];

/** Each service keeps a process ready for its own tasks. */
const keep = (kind: 'inspect' | 'derive') => {
  const spare = keepSpareChild({ limits: options.limits, kinds: [kind] });
  spare.refill();
  return spare;
};
const spares = task.warm ? { inspect: keep('inspect'), derive: keep('derive') } : undefined;

async function upload(stored: string) {
  const inspected = await inspectUpload({ source: orders, output: stored, roles, ...options, spare: spares?.inspect });
  if (!inspected.ok) throw new Error(JSON.stringify(inspected.problems));
  return { columns: inspected.schema, roles };
}

async function enrich(stored: string, table: Awaited<ReturnType<typeof upload>>) {
  const { steps } = resolveSteps(
    asked.map((step) => EnrichmentStep.parse(step)),
    table,
  );
  const files = Object.fromEntries(ids.map((id) => [id, series[id]?.json ?? '']));
  const derived = await deriveDataset(stored, {
    steps,
    table,
    files,
    others: {},
    output,
    ...options,
    spare: spares?.derive,
  });
  if (!derived.ok) throw new Error(JSON.stringify(derived.problems));
}

if (spares !== undefined) await untilChildrenRest();
const peak = watchChildren();
const seconds = () => performance.now() / 1000;
const [startedAt, busy] = [seconds(), cpuSeconds()];
const stored = work === 'upload' ? output : join(folder, 'stored.parquet');
const table = await upload(stored);
if (work === 'enrich') await enrich(stored, table);
const taken = seconds() - startedAt;
// a child that has answered may still be ending, and counts when it has
await untilChildrenRest();
console.log(JSON.stringify({ seconds: taken, cpu: cpuSeconds() - busy, memory: peak() }));
process.exit();
