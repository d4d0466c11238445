import { z } from 'zod';
import { Id, IdParams, type Operation, PageQuery, pageOf, Time } from './operation.ts';

export const JobKind = z.enum(['training', 'enrichment', 'batch-prediction', 'evaluation', 'automation', 'forecast']);
export type JobKind = z.infer<typeof JobKind>;

export const JobStatus = z.enum(['queued', 'waiting', 'running', 'succeeded', 'failed', 'cancelled']);
export type JobStatus = z.infer<typeof JobStatus>;

/** The states in which a job can still change. */
export const openJobStatuses = ['queued', 'waiting', 'running'] as const satisfies readonly JobStatus[];

/** Whether a job can still change. */
export const isOpenJob = ({ status }: { readonly status: JobStatus }): boolean =>
  (openJobStatuses as readonly JobStatus[]).includes(status);

export const Job = z
  .object({
    id: Id,
    kind: JobKind,
    status: JobStatus.meta({ description: '`waiting`: for a dataset that is still being validated' }),
    progress: z.number().min(0).max(1),
    model: z.string().optional(),
    datasetId: Id.optional(),
    parentId: Id.optional().meta({ description: 'The run of an automation that it is a step of' }),
    request: z.record(z.string(), z.unknown()).meta({ description: 'What was asked, with defaults filled in' }),
    result: z.record(z.string(), z.unknown()).optional(),
    error: z.object({ code: z.string(), detail: z.string() }).optional(),
    createdAt: Time,
    startedAt: Time.optional(),
    finishedAt: Time.optional(),
  })
  .meta({ id: 'Job', description: 'One asynchronous piece of work' });
export type Job = z.infer<typeof Job>;

export const JobEvent = z
  .object({ sequence: z.int(), type: z.string(), at: Time, body: z.record(z.string(), z.unknown()) })
  .meta({ id: 'JobEvent', description: 'One line of a job’s timeline' });
export type JobEvent = z.infer<typeof JobEvent>;

export const AcceptedJob = z.object({ job: Job });

export const jobOperations = {
  listJobs: {
    method: 'get',
    path: '/v1/jobs',
    service: 'metrics',
    tag: 'jobs',
    summary: 'List jobs, newest first',
    query: PageQuery.extend({ status: JobStatus.optional(), kind: JobKind.optional(), model: z.string().optional() }),
    success: { status: 200, description: 'A page', schema: pageOf('jobs', Job) },
  },
  getJob: {
    method: 'get',
    path: '/v1/jobs/{id}',
    service: 'metrics',
    tag: 'jobs',
    summary: 'Status, progress and result of a job',
    params: IdParams,
    success: { status: 200, description: 'The job', schema: Job },
    refusals: { 404: 'job-not-found' },
  },
  listJobEvents: {
    method: 'get',
    path: '/v1/jobs/{id}/events',
    service: 'metrics',
    tag: 'jobs',
    summary:
      'The timeline of a job: a stream (SSE) when `text/event-stream` is accepted, a list after `after` otherwise',
    params: IdParams,
    query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
    success: {
      status: 200,
      description: 'Events with a sequence above `after`, and the job as it stands',
      schema: z.object({ events: z.array(JobEvent), job: Job }),
    },
    refusals: { 404: 'job-not-found' },
  },
  cancelJob: {
    method: 'post',
    path: '/v1/jobs/{id}/cancel',
    service: 'metrics',
    tag: 'jobs',
    summary: 'Ask for a job to stop; its trials end within a second',
    params: IdParams,
    success: { status: 202, description: 'Asked', schema: AcceptedJob },
    refusals: { 404: 'job-not-found', 409: 'job-ended' },
  },
} as const satisfies Record<string, Operation>;
