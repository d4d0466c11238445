import { createOpener } from '../duckdb/open-for-width.ts';
import { createInstance, type EmptyInstance } from '../duckdb/session.ts';
import { RefusedData } from '../problem.ts';
import { load, preload } from './load.ts';
import { problemsOf, tooMuchMemory } from './refusal.ts';
import type { Answer, Assignment, Begun, Kind, Tasks } from './task.ts';

const rssEveryMilliseconds = 25;
/** The rest is for node and for what DuckDB does not count; 1 GB of CSV took 160 MB of it. */
const shareOfDuckdb = 0.7;

/** made while there is no task */
let empty: Promise<EmptyInstance> | undefined;

function answer(message: Answer): void {
  // without waiting for DuckDB's threads: there is nothing to be saved once the answer is on its way
  process.send?.(message, () => process.exit(0));
}

/** V8 and DuckDB keep to their own limits; this is for all that neither counts. */
function watchMemory(bytes: number): void {
  const look = () => {
    if (process.memoryUsage.rss() > bytes) answer({ ok: false, problems: [tooMuchMemory()] });
  };
  setInterval(look, rssEveryMilliseconds).unref();
}

async function perform({ task, folder, paths, limits }: Assignment): Promise<Tasks[keyof Tasks]['result']> {
  const { open } = createOpener({ paths, folder, memoryBytes: limits.memoryBytes * shareOfDuckdb }, await empty);
  switch (task.kind) {
    case 'inspect':
      return (await load.inspect()).inspectTable(task, open, folder, limits);
    case 'split':
      return (await load.split()).splitTable(task, open);
    case 'derive':
      return (await load.derive()).deriveTable(task, open);
    case 'next':
      return (await load.next()).nextTable(task, open);
  }
}

// a parent that is gone needs no answer, and has no more tasks
process.once('disconnect', () => process.exit(1));
process.once('message', (assignment: Assignment) => {
  process.send?.({ begun: true } satisfies Begun);
  watchMemory(assignment.limits.memoryBytes);
  perform(assignment).then(
    (result) => answer({ ok: true, result }),
    (error: unknown) => {
      if (!(error instanceof RefusedData) || error.cause !== undefined) console.error(error);
      answer({ ok: false, problems: problemsOf(error) });
    },
  );
});
// a task that comes meanwhile begins when its own program is there
const kinds = process.argv.slice(2) as Kind[];
await preload(kinds);
if (kinds.length > 0) empty = createInstance();
