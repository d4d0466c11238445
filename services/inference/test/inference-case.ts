import type { Column } from '@bellwether/contracts';
import type { Database } from '@bellwether/database';
import { fitIntervals, fitModel, saveModel } from '@bellwether/learning';
import { createPerform, type FileStore } from '@bellwether/platform';
import { lazyRemote } from '@bellwether/sagemaker/remote';
import { type Handling, handling, type Rows, serviceCase } from '@bellwether/testkit';
import type { Deps } from '../src/deps.ts';
import { openServedItems } from '../src/items/served-items.ts';
import { openLoadedModels } from '../src/models/loaded-models.ts';
import { openRecentTables } from '../src/tables/recent-tables.ts';

export interface InferenceCase extends AsyncDisposable, Handling<Deps> {
  readonly deps: Deps;
  readonly database: Database;
  readonly store: FileStore;
  /** keys of the objects that were brought from the store, in order */
  readonly brought: string[];
  /** milliseconds, as the models see them */
  setClock(ms: number): void;
  promote(version: number): Promise<void>;
  /** Keys of the objects in the store. */
  keys(prefix?: string): Promise<string[]>;
}

const column = (name: string): Column => ({ name, kind: 'numeric', nullable: false });

/**
 * An artifact of a model of `x` and `y`: a baseline predicts `value`, whatever it is given, without intervals; others
 * x + y + `value`, 1 more or less at a coverage of 0.8.
 */
export async function artifactOf(value: number, algorithm = 'baseline'): Promise<Uint8Array> {
  const numbers = (name: string, from: (row: number) => number) =>
    ({ name, type: 'numeric', values: Float64Array.from({ length: 10 }, (_, row) => from(row)) }) as const;
  const frame = {
    rows: 10,
    columns: [
      numbers('x', (row) => row),
      numbers('y', (row) => row % 3),
      numbers('z', (row) => (algorithm === 'baseline' ? 0 : row + (row % 3)) + value),
    ],
  };
  const model = await fitModel({
    frame,
    inputs: [column('x'), column('y')],
    target: column('z'),
    task: 'regression',
    algorithm,
    ...(algorithm === 'linear' ? { hyperparameters: { alpha: 0 } } : {}),
    training: Int32Array.from({ length: 10 }, (_, row) => row),
    seed: 0,
  });
  if (algorithm === 'baseline') return await saveModel(model);
  const truth = Float64Array.of(-2, -1, 0, 0, 0, 0, 0, 1, 2);
  const held = { truth, predicted: new Float64Array(truth.length) };
  const intervals = fitIntervals(model.manifest, { held, nonNegative: false });
  return await saveModel({ ...model, manifest: { ...model.manifest, ...(intervals && { intervals }) } });
}

export const keyOf = (version: number) => `models/t1/trial_${version}/at_1.tar.gz`;

/** Model `m` of tenant `t1` with versions 1 and 2, which predict 10 and 20; the champion is version 1. */
export const twoVersions: Rows = {
  models: [{ champion_version: 1, revision: 1, last_version: 2 }],
  versions: [1, 2].map((version) => ({ version, artifact_key: keyOf(version) })),
};

/**
 * A database with these rows and a store with both artifacts.
 *
 * @param bring stands between the models and the store: to wait, or to fail
 */
export async function inferenceCase(
  rows: Rows = twoVersions,
  bring: (key: string) => Promise<void> = async () => undefined,
): Promise<InferenceCase> {
  const { parts, ...service } = await serviceCase(rows);
  const { config, database, store, log } = parts;
  for (const version of [1, 2]) await store.put(keyOf(version), await artifactOf(version * 10));
  let clock = 1000;
  const now = () => clock;
  const brought: string[] = [];
  const counted = {
    localCopy: async (key: string) => {
      brought.push(key);
      await bring(key);
      return await store.localCopy(key);
    },
  };
  const models = openLoadedModels({ database, store: counted, now, log });
  const tables = openRecentTables(store);
  const deps: Deps = {
    ...parts,
    perform: createPerform({ database, relay: { publish: async () => undefined }, now }),
    now,
    models,
    tables,
    items: openServedItems({ database, store, models, tables, now }),
    remote: lazyRemote(config),
  };
  return {
    ...service,
    ...handling(deps),
    deps,
    database,
    store,
    brought,
    setClock(ms) {
      clock = ms;
    },
    async promote(version) {
      await database.transact((tx) => tx.updateTable('models').set({ champion_version: version }).execute());
    },
  };
}
