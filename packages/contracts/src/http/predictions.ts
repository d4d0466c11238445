import { z } from 'zod';
import { AcceptedJob } from './jobs.ts';
import { Backend, Task } from './models.ts';
import { Id, Name, NameParams, type Operation, UserId } from './operation.ts';
import { scoringOperations } from './scoring.ts';

const Label = z.union([z.number(), z.string(), z.boolean()]);
const Value = z.union([z.number(), z.string(), z.boolean(), z.null()]);

/** Deep checks of instances are the model's, which knows its columns: here only the outer shape, since this is hot. */
const Instance = z
  .custom<readonly z.infer<typeof Value>[] | Record<string, z.infer<typeof Value>>>(
    (value) => typeof value === 'object' && value !== null,
    'an array of values or an object by column name',
  )
  .meta({
    override: { anyOf: [{ type: 'array' }, { type: 'object' }] },
    description: 'Values of all columns but the target, in the order of the table; or an object by column name',
  });

export const Explanation = z
  .object({
    baseValue: z.number(),
    contributions: z.record(z.string(), z.number()).meta({ description: 'By input column' }),
    label: Label.optional().meta({ description: 'Classification: the label that positive contributions speak for' }),
  })
  .meta({
    id: 'Explanation',
    description:
      'SHAP values: base value and contributions add up to the model’s raw output, which is the prediction of a regression, its log(1 + target) where the model learned that, and the log-odds or score of a label in a classification',
  });
export type Explanation = z.infer<typeof Explanation>;

export const Coverage = z.number().min(0.5).max(0.99).meta({
  id: 'Coverage',
  description:
    'Regression: share of values that are to lie in their interval. What is no whole percent is raised to the next',
});

export const Interval = z.object({ lower: z.number(), upper: z.number(), coverage: z.number() }).meta({
  id: 'Interval',
  description:
    'Where the value lies with at least this probability, told from how far the version was off on the rows that it was not trained on (split conformal prediction): it holds for new rows like those',
});
export type Interval = z.infer<typeof Interval>;

export const BatchPredictionRequest = z.strictObject({
  datasetId: Id,
  version: z.int().min(1).optional().meta({ description: 'Default: the champion when the request comes' }),
  name: Name.optional().meta({
    description: 'Name of the predictions; default: that of the dataset and `-predictions`',
  }),
  backend: Backend.optional().meta({
    description: 'Where the rows are predicted; on SageMaker, by a transform job, those of `xgboost`. Default: here',
  }),
  interval: Coverage.optional().meta({ description: 'Add columns `lower` and `upper`, of this coverage' }),
});
export type BatchPredictionRequest = z.infer<typeof BatchPredictionRequest>;

export const predictionOperations = {
  predict: {
    method: 'post',
    path: '/v1/models/{name}/predictions',
    service: 'inference',
    tag: 'predictions',
    summary: 'Predict by the champion, or by a given version',
    params: NameParams,
    body: z.strictObject({
      instances: z.array(Instance).min(1).max(10_000),
      version: z.int().min(1).optional(),
      explain: z.boolean().optional().meta({ description: 'Say what each input contributed to its prediction' }),
      interval: Coverage.optional().meta({ description: 'Say where each value lies, with this coverage' }),
    }),
    success: {
      status: 200,
      description: 'One prediction an instance',
      schema: z.object({
        model: Name,
        version: z.int(),
        task: Task,
        predictions: z.array(Label),
        labels: z.array(Label).optional().meta({ description: 'What the probabilities belong to' }),
        probabilities: z.array(z.array(z.number())).optional(),
        intervals: z.array(Interval).optional().meta({ description: 'One an instance, when asked for' }),
        explanations: z.array(Explanation).optional().meta({ description: 'One an instance, when asked for' }),
      }),
    },
    refusals: { 404: 'model-not-found', 409: 'model-not-trained', 422: 'wrong-number-of-values' },
  },
  createBatchPrediction: {
    method: 'post',
    path: '/v1/models/{name}/batch-predictions',
    service: 'inference',
    tag: 'predictions',
    summary: 'Predict every row of a dataset: a job that makes a dataset of its columns and the predictions',
    params: NameParams,
    body: BatchPredictionRequest,
    success: { status: 202, description: 'Accepted', schema: AcceptedJob },
    refusals: { 404: 'dataset-not-found', 409: 'dataset-not-ready', 422: 'column-missing' },
  },
  predictShort: {
    method: 'post',
    path: '/prediction',
    service: 'inference',
    tag: 'shell client',
    summary: 'Predict one row by the champion of the user’s model `default`',
    body: z.object({ userID: UserId, array: z.array(Value).min(1).max(10_000) }),
    success: {
      status: 200,
      description: 'The prediction',
      schema: z.object({ prediction: Label, model: Name, version: z.int() }),
    },
    refusals: { 409: 'model-not-trained', 422: 'wrong-number-of-values' },
  },
  ...scoringOperations,
} as const satisfies Record<string, Operation>;
