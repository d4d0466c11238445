import type { RunRequest, Then, ThenStep, When } from '@bellwether/contracts';
import type { AutomationRunTable, AutomationTable, Database, JobTable } from '@bellwether/database';
import type { Rows } from '@bellwether/testkit';
import { type TrainingCase, trainingCase } from './training-case.ts';

export const trainStep = { kind: 'train', model: 'm', candidates: [{ algorithm: 'baseline' }] } satisfies ThenStep;
export const enrichStep = { kind: 'enrich', steps: [] } satisfies ThenStep;
export const predictStep = { kind: 'predict' } satisfies ThenStep;

/** A definition as JSON: `JSON.stringify` of an object with `then` would look like a promise to a reader. */
export const definitionOf = (when: When, then: Then): string => JSON.stringify({ when, then });

/** An automation of each upload of `plane` that trains. */
export const automationRow = (change: Partial<AutomationTable> = {}): AutomationTable => ({
  id: 'automation_1',
  tenant_id: 't1',
  name: null,
  dataset_name: 'plane',
  definition: definitionOf({ dataset: 'plane' }, [trainStep]),
  cron: null,
  time_zone: null,
  next_at: null,
  new_rows: null,
  counted_rows: null,
  counted_id: null,
  created_at: 1000,
  ...change,
});

/** A run of it that nobody has moved on yet. */
export const runRow = (then: Then = [trainStep], change: Partial<JobTable> = {}): Partial<JobTable> => {
  const request: RunRequest = {
    automationId: 'automation_1',
    trigger: 'ds_1',
    ...JSON.parse(definitionOf({ dataset: 'plane' }, then)),
  };
  return { id: 'run_1', kind: 'automation', model: null, request: JSON.stringify(request), ...change };
};

/** A step of that run, as its service has accepted it. */
export const stepRow = (change: Partial<JobTable> = {}): Partial<JobTable> => ({
  id: 'step_1',
  parent_id: 'run_1',
  ...change,
});

export interface AutomationCase extends TrainingCase {
  automation(id?: string): Promise<AutomationTable>;
  runs(): Promise<AutomationRunTable[]>;
  /** types of the messages in the outbox, with their tenant */
  sent(): Promise<string[]>;
}

export async function automationCase(
  rows: Rows & { readonly automations?: readonly Partial<AutomationTable>[] } = {},
): Promise<AutomationCase> {
  const { automations = [], ...others } = rows;
  const training = await trainingCase(others);
  const { database } = training;
  await insertAutomations(database, automations);
  return {
    ...training,
    automation: (id = 'automation_1') =>
      database.read.selectFrom('automations').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    runs: () => database.read.selectFrom('automation_runs').selectAll().orderBy('job_id').execute(),
    async sent() {
      const sent = await database.read.selectFrom('outbox').select('envelope').orderBy('id').execute();
      return sent.map(({ envelope }) => {
        const { type, tenantId } = JSON.parse(envelope) as { type: string; tenantId: string };
        return `${type} of ${tenantId}`;
      });
    },
  };
}

async function insertAutomations(database: Database, rows: readonly Partial<AutomationTable>[]): Promise<void> {
  await database.transact(async (tx) => {
    for (const row of rows) await tx.insertInto('automations').values(automationRow(row)).execute();
  });
}
