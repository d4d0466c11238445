import { readFile } from 'node:fs/promises';
import { Problem } from '@bellwether/contracts';
import { type Database, findModel, findVersion, type ModelVersionTable } from '@bellwether/database';
import { createPredictor, loadModel, type Model, type Predictor } from '@bellwether/learning';
import { type ObjectStore, ObjectStoreError, type Platform } from '@bellwether/platform';
import { LRUCache } from 'lru-cache';
import { modelNotFound, notTrained, unreadable, versionNotFound } from './refusals.ts';

export interface LoadedVersion {
  readonly model: string;
  readonly version: number;
  readonly task: 'regression' | 'classification';
  readonly predictor: Predictor;
  /** what the model was trained on, as its manifest has it */
  readonly inputs: Model['manifest']['inputs'];
  readonly target: string;
  /** JSON: how its features were made of an uploaded dataset */
  readonly recipe: string | null;
}

/** Models ready to predict, by tenant. */
export interface LoadedModels {
  /**
   * The champion, or a given version, loaded when it is not yet.
   *
   * @throws Problem `model-not-found`, `model-not-trained`, `version-not-found`; `model-unreadable` (500) when its
   *   artifact is gone or damaged
   */
  get(tenantId: string, model: string, version?: number): LoadedVersion | Promise<LoadedVersion>;
  /** The champion, looked up anew. */
  refresh(tenantId: string, model: string): Promise<LoadedVersion>;
}

/** How old the answer to “which version is champion” may be: a promotion takes effect everywhere within this time. */
export const championAgeMs = 500;
/** How long a damaged artifact is not read again: each request would bring it from the store in vain. */
export const unreadableAgeMs = 30_000;
const maxModels = 1000;
const maxBytes = 512 * 1024 * 1024;

/** Which version is champion, and when that was asked. Not the version itself: it would stay in memory beyond the cap. */
interface Champion {
  readonly version: number;
  readonly key: string;
  readonly at: number;
}

/**
 * A cache of loaded versions, which never change, and of champions, which do: a replica that did not hear of a
 * promotion sees it in the database when its answer is older than `championAgeMs`.
 */
export function openLoadedModels(deps: {
  database: Database;
  store: Pick<ObjectStore, 'localCopy'>;
  now: () => number;
  log: Pick<Platform['log'], 'error'>;
}): LoadedModels {
  const { database, store, now, log } = deps;
  const versions = new LRUCache<string, LoadedVersion>({ max: maxModels, maxSize: maxBytes });
  const loading = new Map<string, Promise<LoadedVersion>>();
  const champions = new LRUCache<string, Champion>({ max: maxModels });
  const damaged = new LRUCache<string, { readonly problem: Problem; readonly at: number }>({ max: maxModels });

  async function load(tenantId: string, model: string, version: number): Promise<LoadedVersion> {
    const key = keyOf(tenantId, model, version);
    const hit = versions.get(key);
    if (hit !== undefined) return hit;
    const known = damaged.get(key);
    if (known !== undefined && now() - known.at < unreadableAgeMs) throw known.problem;
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
    const { manifest, predictor } = await modelOf(row, key);
    const { inputs, target } = manifest;
    const loaded = { model, version, task: manifest.task, predictor, inputs, target: target.name, recipe: row.recipe };
    // Unpacked parameters take a few times what the compressed artifact does.
    versions.set(key, loaded, { size: Math.min(maxBytes, 4 * row.artifact_bytes + 10_000) });
    return loaded;
  }

  async function modelOf(
    row: ModelVersionTable,
    key: string,
  ): Promise<Pick<Model, 'manifest'> & { predictor: Predictor }> {
    try {
      await using artifact = await store.localCopy(row.artifact_key);
      const model = await loadModel(await readFile(artifact.path));
      return { manifest: model.manifest, predictor: createPredictor(model) };
    } catch (error) {
      if (!isDamage(error)) throw error;
      log.error({ err: error, key, artifact: row.artifact_key }, 'a version cannot be loaded');
      const problem = unreadable(row.model, row.version, (error as Error).message);
      damaged.set(key, { problem, at: now() });
      throw problem;
    }
  }

  async function refresh(tenantId: string, model: string): Promise<LoadedVersion> {
    const at = now();
    const row = await findModel(database.read, tenantId, model);
    if (row === undefined && model !== 'default') throw modelNotFound(model);
    if (row?.champion_version == null) throw notTrained(model);
    const version = row.champion_version;
    const loaded = await load(tenantId, model, version);
    const name = `${tenantId}/${model}`;
    // Of two that look at once, the one that looked first may have to load for longer: it must not undo the other's.
    if ((champions.get(name)?.at ?? 0) <= at)
      champions.set(name, { version, key: keyOf(tenantId, model, version), at });
    return loaded;
  }

  return {
    refresh,
    get(tenantId, model, version) {
      if (version !== undefined) return load(tenantId, model, version);
      const known = champions.get(`${tenantId}/${model}`);
      if (known === undefined || now() - known.at >= championAgeMs) return refresh(tenantId, model);
      return versions.get(known.key) ?? load(tenantId, model, known.version);
    },
  };
}

/** Neither a tenant nor a model has a slash in its name. */
function keyOf(tenantId: string, model: string, version: number): string {
  return `${tenantId}/${model}/${version}`;
}

/** Whether no further attempt would end otherwise; a store that does not answer now may answer later. */
function isDamage(error: unknown): boolean {
  return error instanceof Problem || (error instanceof ObjectStoreError && error.code === 'object-not-found');
}
