import { readFile } from 'node:fs/promises';
import { Problem } from '@bellwether/contracts';
import { type Database, findModel, findVersion } from '@bellwether/database';
import { createPredictor, loadModel, type Predictor } from '@bellwether/learning';
import type { ObjectStore } from '@bellwether/platform';
import { LRUCache } from 'lru-cache';

export interface LoadedVersion {
  readonly model: string;
  readonly version: number;
  readonly task: 'regression' | 'classification';
  readonly predictor: Predictor;
}

/** Models ready to predict, by tenant. */
export interface LoadedModels {
  /**
   * The champion, or a given version, loaded when it is not yet.
   *
   * @throws Problem `model-not-found`, `model-not-trained`, `version-not-found`
   */
  get(tenantId: string, model: string, version?: number): LoadedVersion | Promise<LoadedVersion>;
  /** The champion, looked up anew. */
  refresh(tenantId: string, model: string): Promise<LoadedVersion>;
}

/** How old the answer to “which version is champion” may be: a promotion takes effect everywhere within this time. */
export const championAgeMs = 500;
const maxModels = 1000;
const maxBytes = 512 * 1024 * 1024;

/**
 * A cache of loaded versions, which never change, and of champions, which do: a replica that did not hear of a
 * promotion sees it in the database when its answer is older than `championAgeMs`.
 */
export function openLoadedModels(deps: { database: Database; store: ObjectStore; now: () => number }): LoadedModels {
  const { database, store, now } = deps;
  const versions = new LRUCache<string, LoadedVersion>({ max: maxModels, maxSize: maxBytes });
  const loading = new Map<string, Promise<LoadedVersion>>();
  const champions = new LRUCache<string, { readonly loaded: LoadedVersion; readonly at: number }>({ max: maxModels });

  async function load(tenantId: string, model: string, version: number): Promise<LoadedVersion> {
    const key = JSON.stringify([tenantId, model, version]);
    const hit = versions.get(key);
    if (hit !== undefined) return hit;
    // One load for all who ask meanwhile.
    let under = loading.get(key);
    if (under === undefined) {
      under = read(tenantId, model, version, key).finally(() => loading.delete(key));
      loading.set(key, under);
    }
    return await under;
  }

  async function read(tenantId: string, model: string, version: number, key: string): Promise<LoadedVersion> {
    const row = await findVersion(database.read, tenantId, model, version);
    if (row === undefined) throw versionNotFound(model, version);
    await using artifact = await store.localCopy(row.artifact_key);
    const predictor = createPredictor(await loadModel(await readFile(artifact.path)));
    const loaded = { model, version, task: row.task as LoadedVersion['task'], predictor };
    // Unpacked parameters take a few times what the compressed artifact does.
    versions.set(key, loaded, { size: Math.min(maxBytes, 4 * row.artifact_bytes + 10_000) });
    return loaded;
  }

  async function refresh(tenantId: string, model: string): Promise<LoadedVersion> {
    const at = now();
    const row = await findModel(database.read, tenantId, model);
    if (row === undefined && model !== 'default') throw modelNotFound(model);
    if (row?.champion_version == null) throw notTrained(model);
    const loaded = await load(tenantId, model, row.champion_version);
    champions.set(`${tenantId}/${model}`, { loaded, at });
    return loaded;
  }

  return {
    refresh,
    get(tenantId, model, version) {
      if (version !== undefined) return load(tenantId, model, version);
      const known = champions.get(`${tenantId}/${model}`);
      return known !== undefined && now() - known.at < championAgeMs ? known.loaded : refresh(tenantId, model);
    },
  };
}

function modelNotFound(model: string): Problem {
  return new Problem(404, 'model-not-found', `There is no model ${model}.`, {
    field: 'name',
    cure: 'List what there is with GET /v1/models, or train one.',
  });
}

function notTrained(model: string): Problem {
  return new Problem(409, 'model-not-trained', `Model ${model} has no trained version yet.`, {
    cure: 'Train it first, and wait until its job has succeeded.',
  });
}

function versionNotFound(model: string, version: number): Problem {
  return new Problem(404, 'version-not-found', `Model ${model} has no version ${version}.`, {
    field: 'version',
    cure: `List its versions with GET /v1/models/${model}/versions.`,
  });
}
