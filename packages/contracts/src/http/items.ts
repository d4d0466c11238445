import { z } from 'zod';
import { AcceptedJob } from './jobs.ts';
import { Name, NameParams, type Operation } from './operation.ts';

const Item = z.string().min(1).max(256).meta({ description: 'As the column of items has it', example: '4048' });
const PeriodStart = z.iso.date().meta({ description: 'First day of the period', example: '2026-11-23' });

const NextPeriod = z.object({
  item: Item,
  periodStart: PeriodStart,
  prediction: z.union([z.number(), z.string(), z.boolean()]),
  model: Name,
  version: z.int(),
});

const NextPeriods = z.object({
  item: Item,
  model: Name,
  version: z.int(),
  predictions: z.array(z.object({ periodStart: PeriodStart, prediction: z.number() })),
});
export type NextPeriods = z.infer<typeof NextPeriods>;

export const itemOperations = {
  predictItem: {
    method: 'get',
    path: '/predict/{item}',
    service: 'inference',
    tag: 'predictions',
    summary: 'Predict an item for the period after the last complete one, or for several, each from those before it',
    params: z.object({ item: Item }),
    query: z.object({
      model: Name.optional().meta({
        description:
          'Default: of the models that were trained on a table of items and periods the one whose champion, else any version, has the tag `default` with the value `items`, else the one that was promoted last',
      }),
      periods: z.coerce.number().int().min(1).max(52).optional(),
    }),
    success: { status: 200, description: 'The prediction', schema: z.union([NextPeriod, NextPeriods]) },
    refusals: { 404: 'item-not-found', 409: 'model-without-items', 422: 'invalid-request', 503: 'items-not-ready' },
  },
  createNextPeriods: {
    method: 'post',
    path: '/v1/models/{name}/next-periods',
    service: 'inference',
    tag: 'predictions',
    summary:
      'Predict the next periods of all items, from the newest upload of what the champion learned from: a job that makes a dataset of item, first day and prediction',
    params: NameParams,
    body: z.strictObject({
      periods: z.int().min(1).max(52).default(1),
      name: Name.optional().meta({ description: 'Of the dataset; default: that of the upload and `-predictions`' }),
    }),
    success: { status: 202, description: 'Accepted', schema: AcceptedJob },
    refusals: { 404: 'model-not-found', 409: 'model-without-items' },
  },
  predictItemElsewhere: {
    method: 'get',
    path: '/predict_alt/{item}',
    service: 'inference',
    tag: 'predictions',
    summary: 'Predict an item’s next period on another server of the Open Inference Protocol: OIP_URL',
    params: z.object({ item: Item }),
    query: z.object({
      model: Name.optional().meta({ description: 'Of which here the features are; default as for /predict/{item}' }),
    }),
    success: {
      status: 200,
      description: 'The prediction, and which model of that server gave it',
      schema: NextPeriod.extend({ remote: z.object({ model: z.string(), version: z.string().optional() }) }),
    },
    refusals: {
      404: 'item-not-found',
      409: 'remote-not-configured',
      502: 'remote-failed',
      503: 'items-not-ready',
      504: 'remote-timeout',
    },
  },
} as const satisfies Record<string, Operation>;
