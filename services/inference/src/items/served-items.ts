import type { FeatureRecipe, NextPeriods } from '@bellwether/contracts';
import {
  type ChampionWithRecipe,
  championsWithRecipe,
  findItem,
  findItemFeatures,
  type ItemFeaturesTable,
  itemsAround,
  listItemFeatures,
} from '@bellwether/database';
import { nearestNames, predictPeriods, type Row } from '@bellwether/datasets';
import type { Platform } from '@bellwether/platform';
import { LRUCache } from 'lru-cache';
import { chooseItemModel } from '../domain/choose-item-model.ts';
import { championAgeMs, type LoadedModels, type LoadedVersion } from '../models/loaded-models.ts';
import type { RecentTables } from '../tables/recent-tables.ts';
import { instanceOf, predictNumbers } from './instance-of.ts';
import { modelsTaggedDefault } from './models-tagged-default.ts';
import { itemNotFound, itemsNotReady, modelWithoutItems, noModelOfItems } from './refusals.ts';
import { openStepInputs } from './step-inputs.ts';

type Label = ReturnType<LoadedVersion['predictor']['predict']>['predictions'][number];

export interface NextPeriod {
  readonly item: string;
  /** its first day, as in `2026-11-23` */
  readonly periodStart: string;
  readonly prediction: Label;
  readonly model: string;
  readonly version: number;
}

/** An item's next period before its prediction. */
export interface NextFeatures extends Omit<NextPeriod, 'prediction'> {
  /** by column: those that the model reads */
  readonly features: Row;
  readonly loaded: LoadedVersion;
}

/** Predictions of items for the periods after the last complete one. */
export interface ServedItems {
  /**
   * @param model default: the tenant's default for items
   * @throws Problem `item-not-found` with the nearest, `model-without-items`, `items-not-ready`
   */
  next(tenantId: string, item: string, model?: string): Promise<NextPeriod>;
  /**
   * What `next` predicts from, for another server to predict from it.
   * @throws Problem as `next` does
   */
  features(tenantId: string, item: string, model?: string): Promise<NextFeatures>;
  /** The same for several periods, each predicted from the predictions before it. */
  several(tenantId: string, item: string, periods: number, model?: string): Promise<NextPeriods>;
}

interface ItemDeps extends Pick<Platform, 'database' | 'store' | 'now'> {
  readonly models: LoadedModels;
  readonly tables: RecentTables;
}

interface Known {
  readonly features: Promise<ItemFeaturesTable>;
  readonly at: number;
}

const mostItems = 100_000;
const mostTenants = 1_000;
const nearby = 50;

/**
 * Answers from memory. Which generation of features counts is asked anew when the answer is older than `championAgeMs`;
 * features of a generation never change, so neither do the predictions of a version for them.
 */
export function openServedItems(deps: ItemDeps): ServedItems {
  const { database, models, now } = deps;
  const heads = new LRUCache<string, Known>({ max: mostTenants });
  const predicted = new LRUCache<string, { readonly prediction: Label }>({ max: mostItems });
  const several = new LRUCache<string, NextPeriods['predictions']>({ max: 1_000 });

  function headOf(tenantId: string, model: string | undefined, anew = false): Promise<ItemFeaturesTable> {
    const key = `${tenantId}/${model ?? ''}`;
    const known = heads.get(key);
    if (!anew && known !== undefined && now() - known.at < championAgeMs) return known.features;
    const features = findHead(tenantId, model);
    heads.set(key, { features, at: now() });
    // The next one who asks looks again.
    features.catch(() => heads.delete(key));
    return features;
  }

  async function findHead(tenantId: string, asked: string | undefined): Promise<ItemFeaturesTable> {
    const champions = await championsWithRecipe(database.read, tenantId);
    const model = asked ?? (await defaultModel(tenantId, champions));
    if (model === undefined) throw noModelOfItems();
    const champion = champions.find((each) => each.model === model);
    if (champion === undefined || !isPeriodic(champion.recipe)) throw modelWithoutItems(model);
    const found = await findItemFeatures(database.read, tenantId, model);
    if (found === undefined) throw itemsNotReady(model);
    return found;
  }

  async function defaultModel(tenantId: string, champions: readonly ChampionWithRecipe[]) {
    const features = await listItemFeatures(database.read, tenantId);
    return chooseItemModel(champions, features, await modelsTaggedDefault(database, tenantId));
  }

  /** The champion, unless its features are made in another way than those at hand: then the version they were made for. */
  async function versionFor(tenantId: string, head: ItemFeaturesTable): Promise<LoadedVersion> {
    const champion = await models.get(tenantId, head.model);
    return champion.recipe === head.recipe ? champion : await models.get(tenantId, head.model, head.version);
  }

  async function nextOf(tenantId: string, item: string, model: string | undefined, anew: boolean) {
    const head = await headOf(tenantId, model, anew);
    const loaded = await versionFor(tenantId, head);
    const key = `${head.generation}/${loaded.version}/${item}`;
    let known = predicted.get(key);
    if (known === undefined) {
      const row = await findItem(database.read, head.generation, item);
      if (row === undefined) return { head, loaded };
      const [prediction = 0] = loaded.predictor.predict([instanceOf(JSON.parse(row.features), loaded)]).predictions;
      known = { prediction };
      predicted.set(key, known);
    }
    return { head, loaded, known };
  }

  async function find(tenantId: string, item: string, model: string | undefined) {
    let found = await nextOf(tenantId, item, model, false);
    // Its generation may have made place for another one just now.
    if (found.known === undefined) found = await nextOf(tenantId, item, model, true);
    if (found.known !== undefined) return { ...found, known: found.known };
    const around = await itemsAround(database.read, found.head.generation, item, nearby);
    throw itemNotFound(item, found.head.model, nearestNames(item, around));
  }

  async function predictSeveral(
    tenantId: string,
    item: string,
    periods: number,
    head: ItemFeaturesTable,
    loaded: LoadedVersion,
  ) {
    const recipe = JSON.parse(head.recipe) as FeatureRecipe;
    await using inputs = await openStepInputs(tenantId, recipe.steps, deps);
    const request = {
      item,
      periods,
      periodStart: head.period_start,
      steps: recipe.steps,
      table: { columns: JSON.parse(head.source_schema), roles: recipe.roles },
      files: inputs.files,
      others: inputs.others,
      target: recipe.target,
      predict: (rows: readonly Row[]) => predictNumbers(rows, loaded),
    };
    return await deps.tables.use(head.history_key, async (history) => {
      const predictions: NextPeriods['predictions'] = [];
      for await (const some of predictPeriods({ ...request, history })) {
        predictions.push(
          ...some.map(({ periodStart, prediction }) => ({ periodStart: dayOf(periodStart), prediction })),
        );
      }
      return predictions;
    });
  }

  return {
    async next(tenantId, item, model) {
      const { head, loaded, known } = await find(tenantId, item, model);
      const { prediction } = known;
      return { item, periodStart: dayOf(head.period_start), prediction, model: head.model, version: loaded.version };
    },
    async features(tenantId, item, model) {
      const { head, loaded } = await find(tenantId, item, model);
      const row = await findItem(database.read, head.generation, item);
      if (row === undefined) throw itemsNotReady(head.model);
      return {
        item,
        periodStart: dayOf(head.period_start),
        model: head.model,
        version: loaded.version,
        features: instanceOf(JSON.parse(row.features), loaded),
        loaded,
      };
    },
    async several(tenantId, item, periods, model) {
      const { head, loaded } = await find(tenantId, item, model);
      const key = `${head.generation}/${loaded.version}/${periods}/${item}`;
      let predictions = several.get(key);
      if (predictions === undefined) {
        predictions = await predictSeveral(tenantId, item, periods, head, loaded);
        several.set(key, predictions);
      }
      return { item, model: head.model, version: loaded.version, predictions };
    },
  };
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

function isPeriodic(text: string): boolean {
  const { item, period } = JSON.parse(text) as FeatureRecipe;
  return item !== undefined && period !== undefined;
}
