import { availableParallelism } from 'node:os';
import { openSession } from '../duckdb/session.ts';
import { RefusedData } from '../problem.ts';
import { problemsOf, tooMuchMemory } from './refusal.ts';
import type { Answer, Assignment, Tasks } from './task.ts';

const rssEveryMilliseconds = 25;

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
  const session = await openSession({
    paths,
    folder,
    memoryBytes: limits.memoryBytes / 2,
    threads: Math.min(4, availableParallelism()),
  });
  switch (task.kind) {
    case 'inspect':
      return (await import('../inspect-table.ts')).inspectTable(task, session, folder, limits);
    case 'split':
      return (await import('../split/split-table.ts')).splitTable(task, session);
    case 'select':
      return (await import('../split/select-table.ts')).selectTable(task, session);
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
