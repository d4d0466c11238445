import type { Kind } from './task.ts';

/** Loads the program of one kind of task, and DuckDB, which each of them needs. No program costs the others its time. */
export const load = {
  async inspect() {
    const [program] = await Promise.all([import('../inspect-table.ts'), import('@duckdb/node-api')]);
    return program;
  },
  async split() {
    const [program] = await Promise.all([import('../split/split-table.ts'), import('@duckdb/node-api')]);
    return program;
  },
  async derive() {
    const [program] = await Promise.all([import('../steps/derive-table.ts'), import('@duckdb/node-api')]);
    return program;
  },
  async next() {
    const [program] = await Promise.all([import('../steps/next/next-table.ts'), import('@duckdb/node-api')]);
    return program;
  },
} as const;

/** What a child may load before it has a task, with what nearly all uploads need: the reader of CSV. */
export async function preload(kinds: readonly Kind[]): Promise<void> {
  for (const kind of kinds) {
    await load[kind]();
    if (kind === 'inspect') await import('../csv/stage-csv.ts');
  }
}
