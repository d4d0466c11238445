import { z } from 'zod';
import { Then } from '../automations/then.ts';
import { When } from '../automations/when.ts';
import { JobStatus } from './jobs.ts';
import { Id, IdParams, Name, type Operation, PageQuery, pageOf, Time } from './operation.ts';

const definition = {
  name: Name.optional(),
  when: When,
  // biome-ignore lint/suspicious/noThenProperty: it is an array, which nobody can take for a promise
  then: Then,
};

export const AutomationRequest = z.strictObject(definition);
export type AutomationRequest = z.infer<typeof AutomationRequest>;

const AutomationRun = z
  .object({ jobId: Id, trigger: z.string(), status: JobStatus.optional(), at: Time })
  .meta({ id: 'AutomationRun', description: 'What it was triggered by, and the job that came of it' });

export const Automation = z
  .object({
    id: Id,
    ...definition,
    nextAt: Time.optional().meta({ description: 'By the clock: when it runs next' }),
    createdAt: Time,
  })
  .meta({ id: 'Automation', description: 'Work that begins by itself' });
export type Automation = z.infer<typeof Automation>;

/** What a job of the kind `automation` was asked for: by whom, upon what, and what it is to do. */
export const RunRequest = z.object({
  automationId: Id,
  trigger: z.string().meta({ description: 'Id of the dataset that came, or time of the tick' }),
  ...definition,
});
export type RunRequest = z.infer<typeof RunRequest>;

export const automationOperations = {
  createAutomation: {
    method: 'post',
    path: '/v1/automations',
    service: 'training',
    tag: 'automations',
    summary: 'Enrich, train and predict by itself: when a dataset is uploaded, has grown, or by the clock',
    body: AutomationRequest,
    success: { status: 201, description: 'It waits from now on', schema: Automation },
    refusals: { 404: 'dataset-not-found', 422: 'cron-invalid' },
  },
  listAutomations: {
    method: 'get',
    path: '/v1/automations',
    service: 'training',
    tag: 'automations',
    summary: 'List automations, newest first',
    query: PageQuery,
    success: { status: 200, description: 'A page', schema: pageOf('automations', Automation) },
  },
  getAutomation: {
    method: 'get',
    path: '/v1/automations/{id}',
    service: 'training',
    tag: 'automations',
    summary: 'An automation with its last runs, newest first',
    params: IdParams,
    success: {
      status: 200,
      description: 'The automation',
      schema: Automation.extend({ runs: z.array(AutomationRun) }),
    },
    refusals: { 404: 'automation-not-found' },
  },
  deleteAutomation: {
    method: 'delete',
    path: '/v1/automations/{id}',
    service: 'training',
    tag: 'automations',
    summary: 'Delete an automation; its runs stay, and one that is under way goes on',
    params: IdParams,
    success: { status: 204, description: 'Deleted' },
    refusals: { 404: 'automation-not-found' },
  },
} as const satisfies Record<string, Operation>;
