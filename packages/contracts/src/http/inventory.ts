import { z } from 'zod';
import { DataProblem, Roles } from '../schema.ts';
import { SeriesId } from '../steps/macro.ts';
import { DatasetFormat, DatasetStatus } from './datasets.ts';
import { InventoryJob } from './inventory-job.ts';
import { JobKind, JobStatus } from './jobs.ts';
import { Algorithm, Backend, Metrics, Task } from './models.ts';
import { Id, Name, type Operation, PageQuery, Time, UserId } from './operation.ts';
import { SeasonalAdjustment, SeriesFilter } from './series.ts';

const tag = 'inventory';

/** A page of these routes: like those of `/v1`, in their spelling. */
const pageOf = <const Key extends string, Item extends z.ZodType>(key: Key, item: Item) =>
  z.object({ [key]: z.array(item), next_cursor: z.string().optional() } as {
    [K in Key]: z.ZodArray<Item>;
  } & { next_cursor: z.ZodOptional<z.ZodString> });

/** FRED's own names: https://fred.stlouisfed.org/docs/api/fred/series_search.html */
const FredSeriesDocument = z
  .object({
    id: z.string(),
    realtime_start: z.string().optional(),
    realtime_end: z.string().optional(),
    title: z.string(),
    observation_start: z.string(),
    observation_end: z.string(),
    frequency: z.string(),
    frequency_short: z.string().optional(),
    units: z.string(),
    units_short: z.string().optional(),
    seasonal_adjustment: z.string(),
    seasonal_adjustment_short: z.string().optional(),
    last_updated: z.string(),
    popularity: z.number(),
    group_popularity: z.number().optional(),
    notes: z.string().optional(),
  })
  .meta({ id: 'FredSeries', description: 'One series in the fields of FRED’s answer' });

const DatasetSummary = z
  .object({
    dataset_id: Id,
    name: Name,
    status: DatasetStatus,
    format: DatasetFormat.optional(),
    rows: z.int().optional(),
    part: z.string().optional().meta({ description: '`train`, `test` or `actuals` of a preprocessing' }),
    parents: z.array(Id).meta({ description: 'Datasets from which this one was made' }),
    roles: Roles,
    problems: z.array(DataProblem),
    created_at: Time,
    updated_at: Time,
  })
  .meta({ id: 'DatasetSummary' });
export type DatasetSummary = z.infer<typeof DatasetSummary>;

const ModelSummary = z
  .object({
    name: Name,
    task: Task.optional(),
    champion: z.int().optional().meta({ description: 'The version that answers predictions' }),
    versions: z.int(),
    created_at: Time,
    updated_at: Time,
  })
  .meta({ id: 'ModelSummary' });

const JobParams = z.object({ job_id: Id });

const TrainingState = InventoryJob.extend({
  trials: z.array(
    z.object({
      algorithm: z.string(),
      status: z.string(),
      progress: z.number(),
      version: z.int().optional(),
      metrics: Metrics.optional().meta({ description: 'On rows that no choice has seen' }),
      error: z.string().optional(),
    }),
  ),
});

/** The routes of the inventory story under the names that its users know; the work behind them is that of `/v1`. */
export const inventoryOperations = {
  searchFred: {
    method: 'get',
    path: '/search',
    service: 'enrichment',
    tag,
    summary: 'Search FRED’s series by text and type, most popular first, in the fields of FRED’s answer',
    query: SeriesFilter.extend({
      search_text: z.string().min(1).max(200).meta({ example: 'unemployment' }),
      limit: z.coerce.number().int().min(1).max(1000).default(10),
      offset: z.coerce.number().int().min(0).max(1_000_000).optional(),
      page: z.coerce.number().int().min(1).max(5000).optional().meta({ description: 'Instead of an offset: from 1' }),
      tag_names: z.string().max(500).optional().meta({ description: 'FRED’s tags, by semicolon' }),
      seasonal_adjustment: SeasonalAdjustment.optional(),
      filter_variable: z.enum(['frequency', 'units', 'seasonal_adjustment']).optional().meta({
        description: 'FRED’s own filter, with `filter_value`: one a request, and not beside `units`, which is one too',
      }),
      filter_value: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .meta({ description: 'As FRED spells it: `Weekly, Ending Saturday`, `Seasonally Adjusted Annual Rate`' }),
    }),
    success: {
      status: 200,
      description: 'A page; `count` is of all pages',
      schema: z.object({
        order_by: z.string(),
        sort_order: z.string(),
        count: z.int(),
        offset: z.int(),
        limit: z.int(),
        seriess: z.array(FredSeriesDocument),
      }),
    },
    refusals: { 409: 'fred-key-missing', 503: 'fred-unavailable' },
  },
  preprocess: {
    method: 'post',
    path: '/preprocess/{datasetId}',
    service: 'enrichment',
    tag,
    summary:
      'Join economic series as of each row’s date, then split: a job that makes a train, a test and an actual set',
    params: z.object({ datasetId: Id }),
    body: z.strictObject({
      userID: UserId.optional(),
      series_ids: z
        .array(SeriesId)
        .max(100)
        .default([])
        .meta({ description: 'Of FRED', example: ['UNRATE'] }),
      date: z.string().optional().meta({
        description: 'Column of the rows’ dates; default: the role timestamp, else the only column of times',
      }),
      target: z.string().optional().meta({ description: 'Default: the role, else the last column' }),
      test_fraction: z.number().gt(0).lt(1).default(0.2),
      split_by: z.enum(['time', 'shuffle', 'group']).default('time').meta({
        description:
          '`time`: the last rows are the test. `group`: all rows of one value of `group_column` are on the same side, such as those of one customer',
      }),
      group_column: z.string().optional().meta({ description: 'Of the groups, by group; default: the role item' }),
      seed: z.int().min(0).max(0xffff_ffff).default(0),
      as_of: z.enum(['observation', 'release']).default('observation').meta({
        description: '`release`: only what was published by the row’s date',
      }),
    }),
    success: {
      status: 202,
      description: 'Accepted; the three datasets are there when the job has succeeded',
      schema: InventoryJob,
    },
    refusals: { 404: 'dataset-not-found', 409: 'dataset-not-ready', 422: 'timestamp-missing' },
  },
  trainDataset: {
    method: 'post',
    path: '/training/train',
    service: 'training',
    tag,
    summary: 'Train on a dataset; on its newest train set, if it was preprocessed',
    body: z.strictObject({
      userID: UserId.optional(),
      dataset_id: Id.meta({ description: 'A train set, or the dataset that was preprocessed' }),
      target: z.string().optional().meta({ description: 'Default: the role, else the last column' }),
      task: Task.optional().meta({ description: 'Chosen when absent: regression where a column of times is known' }),
      algorithm: Algorithm.optional().meta({ description: 'Default: one of each' }),
      model: Name.optional().meta({
        description:
          'Name of the model; default: that of the dataset. An algorithm’s name without `algorithm` means the algorithm',
      }),
      backend: Backend.optional().meta({ description: 'Default: TRAINING_BACKEND' }),
    }),
    success: { status: 202, description: 'Accepted', schema: InventoryJob },
    refusals: { 404: 'dataset-not-found', 409: 'dataset-not-ready', 422: 'target-missing' },
  },
  pollTraining: {
    method: 'get',
    path: '/training/{job_id}',
    service: 'training',
    tag,
    summary: 'A training job as its backend has told so far',
    params: JobParams,
    success: { status: 200, description: 'The job', schema: TrainingState },
    refusals: { 404: 'job-not-found' },
  },
  predictTestSet: {
    method: 'post',
    path: '/inference/{job_id}',
    service: 'inference',
    tag,
    summary: 'Predict the test set of a training job by the best model it made: a job',
    params: JobParams,
    body: z.strictObject({
      userID: UserId.optional(),
      backend: Backend.optional().meta({
        description: 'Default: sagemaker where TRAINING_BACKEND says so and it can predict with that model, else here',
      }),
    }),
    success: { status: 202, description: 'Accepted', schema: InventoryJob },
    refusals: { 404: 'job-not-found', 409: 'training-not-finished' },
  },
  pollInference: {
    method: 'get',
    path: '/inference/{job_id}',
    service: 'inference',
    tag,
    summary: 'A prediction of a test set: by its own job, or the newest one by its training job',
    params: JobParams,
    success: { status: 200, description: 'The job of the prediction', schema: InventoryJob },
    refusals: { 404: 'job-not-found' },
  },
  compareResults: {
    method: 'get',
    path: '/results',
    service: 'metrics',
    tag,
    summary: 'The mean squared error, and other metrics, of predictions against the real values',
    query: z.object({
      actual: Id.meta({ description: 'The dataset of the real values' }),
      prediction: Id.meta({ description: 'The dataset of the predictions' }),
    }),
    success: {
      status: 200,
      description: 'The metrics; 202 without them while the tables are so large that they are still compared',
      schema: z.object({
        job_id: Id.meta({ description: 'The evaluation' }),
        status: JobStatus,
        actual: Id,
        prediction: Id,
        rows: z.int().optional(),
        mean_squared_error: z.number().optional().meta({ description: 'Of a regression' }),
        metrics: Metrics.optional(),
      }),
    },
    refusals: { 404: 'dataset-not-found', 409: 'dataset-not-ready', 422: 'column-missing' },
  },
  inventoryDatasets: {
    method: 'get',
    path: '/dataset',
    service: 'ingest',
    tag,
    summary: 'List datasets, newest first',
    query: PageQuery.extend({ name: Name.optional(), status: DatasetStatus.optional() }),
    success: { status: 200, description: 'A page', schema: pageOf('datasets', DatasetSummary) },
  },
  inventoryModels: {
    method: 'get',
    path: '/models',
    service: 'training',
    tag,
    summary: 'List models by name',
    query: PageQuery,
    success: { status: 200, description: 'A page', schema: pageOf('models', ModelSummary) },
  },
  inventoryJobs: {
    method: 'get',
    path: '/jobs',
    service: 'metrics',
    tag,
    summary: 'List jobs, newest first',
    query: PageQuery.extend({ status: JobStatus.optional(), kind: JobKind.optional(), model: Name.optional() }),
    success: { status: 200, description: 'A page', schema: pageOf('jobs', InventoryJob) },
  },
  inventoryJob: {
    method: 'get',
    path: '/jobs/{job_id}',
    service: 'metrics',
    tag,
    summary: 'One job of any kind',
    params: JobParams,
    success: { status: 200, description: 'The job', schema: InventoryJob },
    refusals: { 404: 'job-not-found' },
  },
} as const satisfies Record<string, Operation>;
