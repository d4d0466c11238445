import { createOpener } from '../duckdb/open-for-width.ts';
import { RefusedData } from '../problem.ts';
import { problemsOf, tooMuchMemory } from './refusal.ts';
import type { Answer, Assignment, Tasks } from './task.ts';

const rssEveryMilliseconds = 25;
/** The rest is for node and for what DuckDB does not count; 1 GB of CSV took 160 MB of it. */
const shareOfDuckdb = 0.7;

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
  const { open } = createOpener({ paths, folder, memoryBytes: limits.memoryBytes * shareOfDuckdb });
  switch (task.kind) {
    case 'inspect':
      return (await import('../inspect-table.ts')).inspectTable(task, open, folder, limits);
    case 'split':
      return (await import('../split/split-table.ts')).splitTable(task, open);
    case 'derive':
      return (await import('../steps/derive-table.ts')).deriveTable(task, open);
    case 'next':
      return (await import('../steps/next-table.ts')).nextTable(task, open);
  }
}

// a parent that is gone needs no answer
process.once('disconnect', () => process.exit(1));
process.once('message', (assignment: Assignment) => {
  watchMemory(assignment.limits.memoryBytes);
  perform(assignment).then(
    (result) => answer({ ok: true, result }),
    (error: unknown) => {
      if (!(error instanceof RefusedData) || error.cause !== undefined) console.error(error);
      answer({ ok: false, problems: problemsOf(error) });
    },
  );
});
