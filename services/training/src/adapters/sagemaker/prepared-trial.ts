import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectStore } from '@bellwether/platform';
import type { Deps } from '../../deps.ts';
import { bringFiles } from '../../local/bring-files.ts';
import { type TrialOrder, taskOf } from '../../local/run-trial-task.ts';
import { Prepared } from './channel-files.ts';
import { placesOf } from './places.ts';

type PreparedTrial =
  | ({ readonly kind: 'prepared' } & Pick<Prepared, 'order' | 'validationRows'>)
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * What a trial's job is given: written to the bucket now, unless an earlier attempt has written all of it. The same
 * trial gives the same bytes, so that two attempts at once do no harm.
 */
export async function preparedTrial(
  order: TrialOrder,
  bucket: ObjectStore,
  deps: Deps,
  signal: AbortSignal,
): Promise<PreparedTrial> {
  const places = placesOf(order.tenantId, order.trial.id);
  if ((await bucket.head(places.prepared)) === undefined) {
    const refusal = await prepare(order, bucket, deps, signal);
    if (refusal !== undefined) return refusal;
  }
  await using copy = await bucket.localCopy(places.prepared);
  return { kind: 'prepared', ...Prepared.parse(JSON.parse(await readFile(copy.path, 'utf8'))) };
}

async function prepare(order: TrialOrder, bucket: ObjectStore, deps: Deps, signal: AbortSignal) {
  const { store, workFolder, newId, pool } = deps;
  const attempt = newId('at');
  const file = (name: string) => join(workFolder, `${attempt}.${name}`);
  const channels = { train: file('train.csv'), validation: file('validation.csv'), prepared: file('prepared.json') };
  await using files = await bringFiles(order, store);
  if (files.gone !== undefined) return { kind: 'refused' as const, reason: files.gone };
  try {
    const outcome = await pool.run(
      { ...taskOf(order, files.table.path), channels },
      { signal, onProgress: () => undefined },
    );
    if (outcome.kind === 'refused') return outcome;
    const { validationRows } = Prepared.parse(JSON.parse(await readFile(channels.prepared, 'utf8')));
    const places = placesOf(order.tenantId, order.trial.id);
    await bucket.putFile(places.train, channels.train);
    if (validationRows > 0) await bucket.putFile(places.validation, channels.validation);
    await bucket.putFile(places.prepared, channels.prepared);
    return undefined;
  } finally {
    for (const path of Object.values(channels)) await rm(path, { force: true });
  }
}
