import { z } from 'zod';
import { FoundSettings } from '../forecasting/found-settings.ts';
import {
  BacktestWindows,
  ForecastBackend,
  ForecastHorizon,
  ForecastQuantiles,
  ForecastTimeZone,
  PipelineParameters,
  PredictorRequest,
} from '../forecasting/pipeline-message.ts';
import { AcceptedJob } from './jobs.ts';
import { Id, IdParams, Name, NameParams, type Operation, PageQuery, pageOf, Time } from './operation.ts';

const Column = z.string().min(1).max(200);

export const ForecastRequest = z.strictObject({
  model: Name.optional().meta({ description: 'Name of the forecaster; default: the dataset’s' }),
  item: Column.optional().meta({ description: 'Column that tells series apart; default: the role, else one series' }),
  time: Column.optional().meta({ description: 'Default: the role, else the one column of dates' }),
  target: Column.optional().meta({ description: 'Default: the role, else the last column of numbers' }),
  known: z
    .array(Column)
    .max(100)
    .optional()
    .meta({ description: 'Columns that are known ahead, such as prices and promotions; default: those of futureId' }),
  futureId: Id.optional().meta({ description: 'Dataset with future values of the known columns' }),
  horizon: ForecastHorizon,
  frequency: z
    .string()
    .max(20)
    .optional()
    .meta({ description: '`D`, `W`, `M`, `H`, `15min`, …; default: as the stamps say' }),
  timeZone: ForecastTimeZone,
  negatives: z.enum(['keep', 'forward', 'zero']).optional().meta({
    description: 'What becomes of negative values: kept (default), the value before in their place, or 0',
  }),
  quantiles: ForecastQuantiles.default([0.1, 0.5, 0.9]),
  windows: BacktestWindows.default(2).meta({ description: 'Backtest windows' }),
  predictors: z.array(PredictorRequest).min(1).max(20).optional().meta({
    description: 'Default: all that suit the data, weighted per item by their backtests',
  }),
  seed: z.int().min(0).max(0xffff_ffff).default(0),
  backend: ForecastBackend,
});
export type ForecastRequest = z.infer<typeof ForecastRequest>;

/** As on the queue: bare, or wrapped. */
export const ForecastPipelineRequest = z
  .strictObject({
    param: PipelineParameters.optional(),
    body: z
      .strictObject({ param: PipelineParameters })
      .optional()
      .meta({ description: 'The message, where its sender wraps it' }),
  })
  .refine(({ param, body }) => (param === undefined) !== (body === undefined), {
    path: ['param'],
    error: 'Give `param`, or the whole message as `body`',
  });

export const Forecaster = z
  .object({
    model: Name,
    version: z.int(),
    jobId: Id,
    datasetId: Id,
    horizon: z.int(),
    frequency: z.string(),
    items: z.int(),
    predictors: z.array(z.string()),
    quantiles: z.array(z.number()),
    hyperparameters: z
      .record(z.string(), FoundSettings)
      .optional()
      .meta({ description: 'What was searched for, by predictor' }),
    metrics: z.record(z.string(), z.number()).meta({ description: 'On its backtests, over all items' }),
    createdAt: Time,
  })
  .meta({ id: 'Forecaster', description: 'What was trained to forecast the items of a dataset' });
export type Forecaster = z.infer<typeof Forecaster>;

/** Items that one answer forecasts. */
export const mostForecastItems = 100;

export const ForecastFormat = z.enum(['json', 'csv', 'parquet']);
export type ForecastFormat = z.infer<typeof ForecastFormat>;

export const ForecastAgainRequest = z.strictObject({
  version: z.int().min(1).optional().meta({ description: 'Default: the newest' }),
  items: z
    .array(z.string().max(512))
    .min(1)
    .max(mostForecastItems)
    .optional()
    .meta({ description: 'Default: all, where they are few', example: ['shop-1'] }),
  format: ForecastFormat.optional().meta({
    description:
      'Of the answer; default: as the Accept header says (`text/csv`, `application/vnd.apache.parquet`), else JSON. Parquet is answered by a redirect (303) to it.',
  }),
  datasetId: Id.optional().meta({ description: 'History up to now, as a whole; default: what it was trained on' }),
  futureId: Id.optional().meta({
    description: 'What if: other values of known columns, for the periods that it names; for all items without theirs',
  }),
});

export type ForecastAgainRequest = z.infer<typeof ForecastAgainRequest>;

export const ForecastAnswer = z
  .object({
    model: Name,
    version: z.int(),
    frequency: z.string(),
    forecasts: z.array(
      z.object({
        item: z.string().optional(),
        time: z.string(),
        mean: z.number(),
        quantiles: z.record(z.string(), z.number()).meta({ example: { p10: 8, p50: 10, p90: 13 } }),
      }),
    ),
  })
  .meta({ id: 'ForecastAnswer' });

export const forecastOperations = {
  createForecastPipeline: {
    method: 'post',
    path: '/v1/forecast-pipelines',
    service: 'ingest',
    tag: 'forecasts',
    summary:
      'Forecast from the warehouse: export, train, backtest, forecast, write back; as the message of the queue does',
    body: ForecastPipelineRequest,
    success: { status: 202, description: 'Accepted', schema: AcceptedJob },
    refusals: { 422: 'predictor-unknown' },
  },
  createForecast: {
    method: 'post',
    path: '/v1/datasets/{id}/forecasts',
    service: 'ingest',
    tag: 'forecasts',
    summary: 'Forecast a dataset: a job that trains and backtests a forecaster, and makes a dataset of its forecasts',
    params: IdParams,
    body: ForecastRequest,
    success: { status: 202, description: 'Accepted', schema: AcceptedJob },
    refusals: { 404: 'dataset-not-found', 409: 'dataset-not-ready', 422: 'column-missing' },
  },
  forecastAgain: {
    method: 'post',
    path: '/v1/models/{name}/forecasts',
    service: 'inference',
    tag: 'forecasts',
    summary: 'Forecast by a forecaster that is trained: at once, also after new history and under other circumstances',
    params: NameParams,
    body: ForecastAgainRequest,
    success: {
      status: 200,
      description: 'A row an item and period; as CSV or Parquet where that is asked for',
      schema: ForecastAnswer,
    },
    refusals: {
      404: 'forecaster-not-found',
      409: 'dataset-not-ready',
      422: 'items-too-many',
      503: 'forecast-too-slow',
    },
  },
  listForecasters: {
    method: 'get',
    path: '/v1/models/{name}/forecasters',
    service: 'training',
    tag: 'forecasts',
    summary: 'The forecasters of a name, newest first',
    params: NameParams,
    query: PageQuery,
    success: { status: 200, description: 'A page', schema: pageOf('forecasters', Forecaster) },
  },
} as const satisfies Record<string, Operation>;
