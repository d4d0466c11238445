import type { ObjectStore } from './object-store.ts';

export interface JobSweep {
  /** Objects of it have keys such as `<prefix><tenant>/<job>/…`; a job may also be a trial. */
  readonly prefix: string;
  /** milliseconds since the epoch: younger objects are spared, since their transaction may still come */
  readonly before: number;
  /** says of each object of a job whether something names it; asked once a job */
  keeps(jobId: string): Promise<(key: string) => boolean>;
}

/**
 * Deletes what jobs have made and nothing names.
 *
 * @returns how many objects
 */
export async function sweepByJob(
  store: Pick<ObjectStore, 'list' | 'delete'>,
  { prefix, before, keeps }: JobSweep,
): Promise<number> {
  const kept = new Map<string, (key: string) => boolean>();
  let deleted = 0;
  for await (const { key, modifiedAt } of store.list(prefix)) {
    const [, , jobId = ''] = key.split('/');
    if (modifiedAt > before) continue;
    const keep = kept.get(jobId) ?? (await keeps(jobId));
    kept.set(jobId, keep);
    if (keep(key)) continue;
    await store.delete(key);
    deleted++;
  }
  return deleted;
}

/** Keeps objects of these names, and what else an attempt has made, which is called the same and a dot. */
export const keepsNamed =
  (names: readonly string[]) =>
  (key: string): boolean =>
    names.some((name) => key === name || key.startsWith(`${name}.`));
