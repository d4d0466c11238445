import type { z } from 'zod';
import type { Service } from '../service.ts';
import { automationOperations } from './automations.ts';
import { datasetOperations } from './datasets.ts';
import { enrichmentOperations } from './enrichments.ts';
import { evaluationOperations } from './evaluations.ts';
import { forecastOperations } from './forecasts.ts';
import { inventoryOperations } from './inventory.ts';
import { itemOperations } from './items.ts';
import { jobOperations } from './jobs.ts';
import { modelOperations } from './models.ts';
import { openInferenceOperations } from './open-inference.ts';
import type { Operation } from './operation.ts';
import { operationOperations } from './operations.ts';
import { predictionOperations } from './predictions.ts';
import { seriesOperations } from './series.ts';
import { similarRowOperations } from './similar-rows.ts';

/**
 * The HTTP contract: every route of every service. The hot ones stand first, because routers look at routes in order.
 */
export const api = {
  ...predictionOperations,
  ...itemOperations,
  ...openInferenceOperations,
  ...datasetOperations,
  ...similarRowOperations,
  ...enrichmentOperations,
  ...seriesOperations,
  ...modelOperations,
  ...automationOperations,
  ...evaluationOperations,
  ...forecastOperations,
  ...jobOperations,
  ...operationOperations,
  ...inventoryOperations,
} as const satisfies Record<string, Operation>;

export type Api = typeof api;
export type OperationName = keyof Api;
/** The operations that service `S` answers, by name. */
export type Answered<S extends Service> = { [K in keyof Api as Api[K]['service'] extends S ? K : never]: Api[K] };

type Parsed<O, Part extends string> = O extends { readonly [K in Part]: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;

export type ParamsOf<O> = Parsed<O, 'params'>;
export type QueryOf<O> = Parsed<O, 'query'>;
export type BodyOf<O> = Parsed<O, 'body'>;
/** What a successful answer holds. */
export type ResultOf<O> = O extends { readonly success: { readonly schema: infer Schema extends z.ZodType } }
  ? z.output<Schema>
  : undefined;
