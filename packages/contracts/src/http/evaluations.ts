import { z } from 'zod';
import { AcceptedJob } from './jobs.ts';
import { Metrics, Task } from './models.ts';
import { Id, IdParams, Name, type Operation, PageQuery, pageOf, Time } from './operation.ts';

export const EvaluationRequest = z.strictObject({
  predictionsId: Id.meta({ description: 'The dataset with the predictions' }),
  actualsId: Id.optional().meta({ description: 'The dataset with the actual values; default: the same one' }),
  column: z.string().optional().meta({
    description: 'Column of the actual values; default: the model’s target, the role target, or the last column',
  }),
  predictionColumn: z.string().optional().meta({ description: 'Default: as the batch prediction called it' }),
  rowId: z.string().optional().meta({
    description: 'Column that identifies a row in both; default: `row_id` when both have it, else the order of rows',
  }),
  task: Task.optional().meta({ description: 'Default: the model’s, else regression when both columns are numeric' }),
});
export type EvaluationRequest = z.infer<typeof EvaluationRequest>;

export const Evaluation = z
  .object({
    id: Id,
    jobId: Id,
    predictionsId: Id,
    actualsId: Id,
    task: Task,
    column: z.string(),
    predictionColumn: z.string(),
    rowId: z.string().optional().meta({ description: 'Absent: rows were tied by their order' }),
    rows: z.int(),
    metrics: Metrics,
    model: Name.optional(),
    version: z.int().optional(),
    createdAt: Time,
  })
  .meta({ id: 'Evaluation', description: 'Predictions scored against what really happened' });
export type Evaluation = z.infer<typeof Evaluation>;

export const evaluationOperations = {
  createEvaluation: {
    method: 'post',
    path: '/v1/evaluations',
    service: 'metrics',
    tag: 'evaluations',
    summary: 'Score predictions against actual values: a job, whose result has the metrics',
    body: EvaluationRequest,
    success: { status: 202, description: 'Accepted', schema: AcceptedJob },
    refusals: { 404: 'dataset-not-found', 409: 'dataset-not-ready', 422: 'column-missing' },
  },
  listEvaluations: {
    method: 'get',
    path: '/v1/evaluations',
    service: 'metrics',
    tag: 'evaluations',
    summary: 'List evaluations, newest first',
    query: PageQuery.extend({ model: Name.optional(), predictionsId: Id.optional() }),
    success: { status: 200, description: 'A page', schema: pageOf('evaluations', Evaluation) },
  },
  getEvaluation: {
    method: 'get',
    path: '/v1/evaluations/{id}',
    service: 'metrics',
    tag: 'evaluations',
    summary: 'One evaluation',
    params: IdParams,
    success: { status: 200, description: 'The evaluation', schema: Evaluation },
    refusals: { 404: 'evaluation-not-found' },
  },
} as const satisfies Record<string, Operation>;
