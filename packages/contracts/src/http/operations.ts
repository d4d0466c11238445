import { z } from 'zod';
import { Id, IdParams, type Operation, PageQuery, pageOf, Time } from './operation.ts';

export const LoggedRequest = z
  .object({
    id: Id,
    at: Time,
    service: z.string(),
    method: z.string(),
    path: z.string(),
    status: z.int(),
    /** milliseconds */
    duration: z.number(),
    request: z.string().optional().meta({ description: 'Body as received, capped, secrets removed' }),
    response: z.string().optional().meta({ description: 'Body as sent, capped, secrets removed' }),
  })
  .meta({ id: 'LoggedRequest' });
export type LoggedRequest = z.infer<typeof LoggedRequest>;

export const DeadLetter = z
  .object({
    id: Id,
    messageId: z.string(),
    queue: z.string(),
    type: z.string(),
    jobId: z.string().optional(),
    reasons: z.array(z.string()).meta({ description: 'One a failed attempt, oldest first' }),
    message: z.string().meta({ description: 'The message as it was' }),
    at: Time,
    redrivenAt: Time.optional(),
  })
  .meta({ id: 'DeadLetter', description: 'A message that could not be handled' });
export type DeadLetter = z.infer<typeof DeadLetter>;

export const operationOperations = {
  listRequests: {
    method: 'get',
    path: '/v1/requests',
    service: 'metrics',
    tag: 'operations',
    summary: 'The request log, newest first',
    query: PageQuery.extend({
      path: z.string().optional().meta({ description: 'Only requests whose path begins so' }),
      status: z.coerce.number().int().optional(),
    }),
    success: {
      status: 200,
      description: 'A page, and how many there are in all',
      schema: pageOf('requests', LoggedRequest).extend({ total: z.int() }),
    },
  },
  listDeadLetters: {
    method: 'get',
    path: '/v1/dead-letters',
    service: 'metrics',
    tag: 'operations',
    summary: 'Messages that could not be handled, newest first',
    query: PageQuery,
    success: { status: 200, description: 'A page', schema: pageOf('deadLetters', DeadLetter) },
  },
  redriveDeadLetter: {
    method: 'post',
    path: '/v1/dead-letters/{id}/redrive',
    service: 'metrics',
    tag: 'operations',
    summary: 'Send a dead message to its queue again, under its old id',
    params: IdParams,
    success: { status: 202, description: 'Sent again', schema: DeadLetter },
    refusals: { 404: 'dead-letter-not-found', 409: 'already-redriven' },
  },
} as const satisfies Record<string, Operation>;
