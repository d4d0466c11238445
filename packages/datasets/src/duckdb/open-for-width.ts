import { availableParallelism } from 'node:os';
import { type Confinement, type EmptyInstance, openSession, type Session } from './session.ts';

/**
 * Opens a session fit for tables of so many columns, and closes the one before unless that is fit. For wide tables no
 * session is fit for a second phase: only closing it returns its memory to the system, 400 MB for 2,000 columns,
 * which DuckDB does not count and the C library keeps.
 *
 * `mostThreads` is for work that a second thread does not shorten.
 */
export type OpenForWidth = (columns: number, mostThreads?: number) => Promise<Session>;

/**
 * A vector of 2,048 strings takes 32 KiB, and each thread holds several for each column: 2,000 columns took 950 MB
 * with two threads, 600 MB with one. More than two threads are never used, so that memory does not grow with cores.
 */
const widest = 400;

const threadsFor = (columns: number): number => (columns > widest ? 1 : Math.min(2, availableParallelism()));

/** @param empty for the first session */
export function createOpener(
  confinement: Omit<Confinement, 'threads'>,
  empty?: EmptyInstance,
): { open: OpenForWidth; close(): void } {
  let unused = empty;
  let current: { readonly threads: number; readonly session: Session } | undefined;
  const close = () => {
    current?.session.close();
    current = undefined;
  };
  return {
    async open(columns, mostThreads = 2) {
      const threads = Math.min(mostThreads, threadsFor(columns));
      if (current?.threads === threads && columns <= widest) return current.session;
      close();
      const session = await openSession({ ...confinement, threads }, unused);
      unused = undefined;
      current = { threads, session };
      return session;
    },
    close,
  };
}
