import { z } from 'zod';
import { FeatureRecipe } from '../feature-recipe.ts';
import { Column } from '../schema.ts';
import { AcceptedJob } from './jobs.ts';
import { Id, Name, NameParams, type Operation, PageQuery, pageOf, Time, UserId } from './operation.ts';

export const Task = z.enum(['regression', 'classification']);
export const Algorithm = z.enum(['baseline', 'linear', 'neural', 'random-forest', 'svm', 'xgboost']);
export type Algorithm = z.infer<typeof Algorithm>;

export const MetricName = z.enum([
  'rmse',
  'mae',
  'mse',
  'r2',
  'rmsle',
  'accuracy',
  'balancedAccuracy',
  'f1',
  'logLoss',
  'auc',
]);
export type MetricName = z.infer<typeof MetricName>;

/** Values by metric; one that is not defined for the model is absent. */
export const Metrics = z.partialRecord(MetricName, z.number()).meta({ id: 'Metrics' });

export const Search = z
  .strictObject({ trials: z.int().min(1).max(1000) })
  .meta({ id: 'Search', description: 'Try this many settings of the hyperparameters that are not given' });

export const Candidate = z
  .strictObject({
    algorithm: Algorithm,
    hyperparameters: z.record(z.string(), z.unknown()).optional(),
    search: Search.optional(),
  })
  .meta({ id: 'Candidate' });
export type Candidate = z.infer<typeof Candidate>;

export const Backend = z.enum(['local', 'sagemaker']);

export const Tags = z
  .record(z.string().min(1).max(100), z.string().max(500))
  .meta({ id: 'Tags', description: 'Whatever people note about a version' });

export const ModelVersion = z
  .object({
    model: Name,
    version: z.int(),
    algorithm: Algorithm,
    hyperparameters: z.record(z.string(), z.unknown()),
    task: Task,
    metrics: Metrics.meta({ description: 'On the held-out rows, which no choice within the job has seen' }),
    validationMetrics: Metrics.optional().meta({
      description: 'Mean over the folds of the training rows; the job chose its best version by them',
    }),
    champion: z.boolean(),
    jobId: Id,
    trialId: Id,
    datasetId: Id,
    target: z.string(),
    inputs: z.array(Column).meta({ description: 'The columns of an instance, in order' }),
    trainedRows: z.int(),
    holdoutRows: z.int(),
    /** seconds */
    duration: z.number(),
    logTarget: z.boolean().meta({ description: 'Learned log(1 + target)' }),
    seed: z.int(),
    backend: Backend.meta({ description: 'Where it was trained' }),
    codeVersion: z.string().meta({
      description: 'The release of the platform that trained it, with its commit where known: `0.1.0+531136a48808`',
    }),
    tags: Tags,
    recipe: FeatureRecipe.optional().meta({ description: 'How its features were made of an uploaded dataset' }),
    artifactBytes: z.int(),
    createdAt: Time,
  })
  .meta({ id: 'ModelVersion', description: 'One trained artifact of a model' });
export type ModelVersion = z.infer<typeof ModelVersion>;

export const Retention = z
  .strictObject({
    keepLast: z.int().min(1).max(10_000).optional(),
    keepBest: z.int().min(1).max(10_000).optional(),
    metric: MetricName.optional().meta({
      description: 'Of `keepBest`, on the held-out rows; default: accuracy or rmse',
    }),
  })
  .meta({
    id: 'Retention',
    description:
      'Versions that are neither among the newest nor among the best are deleted. The champion and what is tagged `keep` always stay; an empty rule keeps all',
  });
export type Retention = z.infer<typeof Retention>;

export const Model = z
  .object({
    name: Name,
    task: Task.optional(),
    champion: z.int().optional().meta({ description: 'The version that answers predictions' }),
    revision: z.int().meta({ description: 'Raised with each change of the champion' }),
    versions: z.int().meta({ description: 'The newest version’s number; some before it may have been deleted' }),
    retention: Retention.optional(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: 'Model' });
export type Model = z.infer<typeof Model>;

export const TrainingRequest = z.strictObject({
  datasetId: Id,
  target: z.string().optional().meta({ description: 'Default: the role, else the last column' }),
  task: Task.optional().meta({ description: 'Chosen from the target when absent; the job says why' }),
  candidates: z.array(Candidate).min(1).max(100).optional().meta({ description: 'Default: one of each algorithm' }),
  search: Search.optional().meta({ description: 'Of each candidate that says nothing; default: its defaults alone' }),
  metric: MetricName.optional().meta({ description: 'Default: accuracy or rmse' }),
  logTarget: z.boolean().optional().meta({
    description:
      'Regression: learn log(1 + target), for values that span orders of magnitude. Default: a search compares both where the target is skewed and never negative; no search, no logarithm',
  }),
  validation: z
    .strictObject({ folds: z.int().min(2).max(20) })
    .optional()
    .meta({
      description:
        'Folds of the training rows, by which trials are compared; default: 3. By time: always its last rows',
    }),
  budget: z
    .strictObject({
      trials: z.int().min(1).max(10_000).optional().meta({ description: 'Of all candidates together' }),
      minutes: z
        .number()
        .positive()
        .max(7 * 24 * 60)
        .optional()
        .meta({ description: 'When it is spent, what runs is stopped and the best of what has ended is chosen' }),
    })
    .optional()
    .meta({ description: 'Candidates without `search` share it evenly' }),
  backend: Backend.optional().meta({
    description:
      'Where trials run. On SageMaker: those of `xgboost`, one job each; all others run here. Default: TRAINING_BACKEND',
  }),
  seed: z.int().min(0).max(0xffff_ffff).optional(),
});
export type TrainingRequest = z.infer<typeof TrainingRequest>;

const VersionParams = NameParams.extend({ version: z.coerce.number().int().min(1) });

export const modelOperations = {
  createTrainingJob: {
    method: 'post',
    path: '/v1/models/{name}/training-jobs',
    service: 'training',
    tag: 'models',
    summary: 'Train candidates on a dataset; the best on the held-out rows may become champion',
    params: NameParams,
    body: TrainingRequest,
    success: { status: 202, description: 'Accepted', schema: AcceptedJob },
    refusals: { 404: 'dataset-not-found', 409: 'dataset-rejected', 422: 'target-missing' },
  },
  trainNewest: {
    method: 'post',
    path: '/train',
    service: 'training',
    tag: 'shell client',
    summary: 'Train the model `default` on the user’s newest dataset, last column as target',
    body: z.object({ userID: UserId }),
    success: { status: 202, description: 'Accepted', schema: AcceptedJob },
    refusals: { 404: 'dataset-not-found' },
  },
  listModels: {
    method: 'get',
    path: '/v1/models',
    service: 'training',
    tag: 'models',
    summary: 'List models by name',
    query: PageQuery,
    success: { status: 200, description: 'A page', schema: pageOf('models', Model) },
  },
  getModel: {
    method: 'get',
    path: '/v1/models/{name}',
    service: 'training',
    tag: 'models',
    summary: 'A model and its champion',
    params: NameParams,
    success: { status: 200, description: 'The model', schema: Model },
    refusals: { 404: 'model-not-found' },
  },
  listVersions: {
    method: 'get',
    path: '/v1/models/{name}/versions',
    service: 'training',
    tag: 'models',
    summary: 'The leaderboard: versions, best first by a metric',
    params: NameParams,
    query: z.object({
      sort: MetricName.optional(),
      jobId: Id.optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
    success: {
      status: 200,
      description: 'Versions',
      schema: z.object({ versions: z.array(ModelVersion), sortedBy: MetricName }),
    },
    refusals: { 404: 'model-not-found' },
  },
  getVersion: {
    method: 'get',
    path: '/v1/models/{name}/versions/{version}',
    service: 'training',
    tag: 'models',
    summary: 'One version with its metrics and lineage',
    params: VersionParams,
    success: { status: 200, description: 'The version', schema: ModelVersion },
    refusals: { 404: 'version-not-found' },
  },
  getArtifact: {
    method: 'get',
    path: '/v1/models/{name}/versions/{version}/artifact',
    service: 'training',
    tag: 'models',
    summary: 'Redirect to a signed URL of `model.tar.gz`; or the model as ONNX',
    params: VersionParams,
    query: z.object({
      form: z.enum(['archive', 'onnx']).default('archive').meta({
        description:
          '`onnx`: 200 with the file, of linear, random-forest, xgboost and baseline; its input is encoded rows',
      }),
    }),
    success: { status: 302, description: 'Location: a signed URL' },
    refusals: { 404: 'version-not-found', 422: 'onnx-unsupported' },
  },
  tagVersion: {
    method: 'put',
    path: '/v1/models/{name}/versions/{version}/tags',
    service: 'training',
    tag: 'models',
    summary: 'Replace the tags of a version',
    params: VersionParams,
    body: z.strictObject({ tags: Tags }),
    success: { status: 200, description: 'The version', schema: ModelVersion },
    refusals: { 404: 'version-not-found', 422: 'tags-too-long' },
  },
  deleteVersion: {
    method: 'delete',
    path: '/v1/models/{name}/versions/{version}',
    service: 'training',
    tag: 'models',
    summary: 'Delete a version and its artifact',
    params: VersionParams,
    success: { status: 204, description: 'Deleted' },
    refusals: { 404: 'version-not-found', 409: 'version-is-champion' },
  },
  deleteModel: {
    method: 'delete',
    path: '/v1/models/{name}',
    service: 'training',
    tag: 'models',
    summary: 'Delete a model with all its versions and their artifacts',
    params: NameParams,
    success: { status: 204, description: 'Deleted' },
    refusals: { 404: 'model-not-found', 409: 'model-in-use' },
  },
  setRetention: {
    method: 'put',
    path: '/v1/models/{name}/retention',
    service: 'training',
    tag: 'models',
    summary: 'Say which versions of a model are kept; the others are deleted within minutes',
    params: NameParams,
    body: Retention,
    success: { status: 200, description: 'The model', schema: Model },
    refusals: { 404: 'model-not-found' },
  },
  promoteChampion: {
    method: 'put',
    path: '/v1/models/{name}/champion',
    service: 'training',
    tag: 'models',
    summary: 'Promote a version, or roll back to an earlier one',
    params: NameParams,
    body: z.strictObject({
      version: z.int().min(1),
      revision: z.int().optional().meta({ description: 'Only if the model is still at this revision' }),
    }),
    success: { status: 200, description: 'Promoted', schema: Model },
    refusals: { 404: 'version-not-found', 409: 'revision-changed' },
  },
} as const satisfies Record<string, Operation>;
