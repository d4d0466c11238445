import { z } from 'zod';
import { IdParams, type Operation } from './operation.ts';

const Cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const similarRowOperations = {
  findSimilarRows: {
    method: 'get',
    path: '/v1/datasets/{id}/similar',
    service: 'inference',
    tag: 'datasets',
    summary: 'The rows that are the same in some columns and nearest in another, exactly',
    params: IdParams,
    query: z
      .looseObject({
        n: z.coerce.number().int().min(1).max(100).default(5).meta({ description: 'How many rows at most' }),
        by: z
          .string()
          .max(2000)
          .optional()
          .meta({ description: 'Columns that must be the same, by comma', example: 'cut,color,clarity' }),
        near: z
          .string()
          .max(256)
          .optional()
          .meta({ description: 'The numeric column or time that shall be near', example: 'carat' }),
      })
      .meta({
        description:
          'The value of each of these columns stands under its name, or `column.` and its name: `carat=1.2&cut=Ideal`. An empty value is a missing one.',
      }),
    success: {
      status: 200,
      description: 'Nearest first; those as near as another in the order of the dataset',
      schema: z.object({
        matching: z.int().meta({ description: 'How many rows of the dataset are the same in these columns' }),
        rows: z.array(
          z.object({
            row: z.int().meta({ description: 'From 1, in the order of the dataset' }),
            distance: z.number().optional().meta({ description: 'Of the near column; of a time in milliseconds' }),
            values: z.record(z.string(), Cell),
          }),
        ),
      }),
    },
    refusals: { 404: 'dataset-not-found', 409: 'dataset-not-ready', 422: 'column-missing' },
  },
} as const satisfies Record<string, Operation>;
