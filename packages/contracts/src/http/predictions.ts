import { z } from 'zod';
import { Task } from './models.ts';
import { Name, NameParams, type Operation, UserId } from './operation.ts';

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
      }),
    },
    refusals: { 404: 'model-not-found', 409: 'model-not-trained', 422: 'wrong-number-of-values' },
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
} as const satisfies Record<string, Operation>;
