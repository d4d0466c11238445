import { z } from 'zod';
import { Name, type Operation } from './operation.ts';

const Label = z.union([z.number(), z.string(), z.boolean()]);

/** https://mlflow.org/docs/latest/ml/deployment/deploy-model-locally, the forms that MLflow's scoring server takes */
export const scoringOperations = {
  score: {
    method: 'post',
    path: '/invocations',
    service: 'inference',
    tag: 'predictions',
    summary: 'Predict in the form of MLflow’s scoring server; GET /ping says whether the server is ready',
    query: z.object({
      model: Name.default('default').meta({ description: 'Whose champion predicts' }),
      version: z.coerce.number().int().min(1).optional().meta({ description: 'Or this version of it' }),
    }),
    rawBody: {
      contentTypes: ['application/json', 'text/csv'],
      description:
        'JSON with one of `dataframe_split` {columns, data}, `dataframe_records` [{column: value}], `instances` (rows) and `inputs` ({column: values}, or rows); or CSV, by the names of its header, without one by place. Columns that are no inputs are left out',
    },
    success: {
      status: 200,
      description: 'One prediction a row',
      schema: z.object({ predictions: z.array(Label) }),
    },
    refusals: { 400: 'scoring-refused', 404: 'model-not-found', 409: 'model-not-trained', 415: 'unsupported-encoding' },
  },
} as const satisfies Record<string, Operation>;
