import { Problem, type StepKind, type Then, type ThenStep } from '@bellwether/contracts';
import { type AutomationTable, findModel, insertAutomation, listDatasets, newestUploadOf } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import { automationDocument } from '../automations/automation-document.ts';
import { nextTick, scheduleFault } from '../automations/cron.ts';
import { outputNames } from '../automations/output-names.ts';
import type { Deps } from '../deps.ts';
import { checkCandidate } from '../jobs/accept-training.ts';
import { chooseBackend } from '../jobs/choose-backend.ts';

/**
 * `POST /v1/automations`. What cannot come to be is refused now; a dataset that an automation waits for may come
 * later, so its name is not looked up unless the clock alone begins it.
 */
export const createAutomation: Route<'createAutomation', Deps> = async ({ tenantId, body }, deps) => {
  const { database, newId, now } = deps;
  const { name, when, then } = body;
  const schedule = when.cron === undefined ? undefined : { cron: when.cron, timeZone: when.timeZone ?? 'UTC' };
  const fault = schedule && scheduleFault(schedule, now());
  if (fault) throw new Problem(422, fault.code, fault.detail, { field: `when.${fault.field}`, cure: fault.cure });
  if (schedule !== undefined) await requireDataset(tenantId, when.dataset, 'when.dataset', deps);
  await checkSteps(tenantId, when.dataset, then, deps);

  const base = when.newRows === undefined ? undefined : await newestUploadOf(database.read, tenantId, when.dataset);
  const row: AutomationTable = {
    id: newId('automation'),
    tenant_id: tenantId,
    name: name ?? null,
    dataset_name: when.dataset,
    definition: JSON.stringify({ when, ...stepsOf(then) }),
    cron: schedule?.cron ?? null,
    time_zone: schedule?.timeZone ?? null,
    next_at: schedule === undefined ? null : (nextTick(schedule, now()) ?? null),
    new_rows: when.newRows ?? null,
    counted_rows: base?.row_count ?? null,
    counted_id: base?.id ?? null,
    created_at: now(),
  };
  return {
    commit: async (tx) => {
      await insertAutomation(tx, row);
      return { body: automationDocument(row), messages: [] };
    },
  };
};

const stepsOf = (then: Then) => ({ then });

async function checkSteps(tenantId: string, dataset: string, then: Then, deps: Deps): Promise<void> {
  for (const [place, step] of then.entries()) {
    const field = `then[${place}].`;
    if (step.kind === 'train') checkTraining(step, field, deps);
    if (step.kind === 'predict') await checkPrediction(tenantId, step, { field, dataset, then }, deps);
  }
}

type StepOf<K extends StepKind> = Extract<ThenStep, { kind: K }>;

function checkTraining({ kind: _, model: __, ...request }: StepOf<'train'>, field: string, { config }: Deps): void {
  chooseBackend({ ...request, datasetId: '' }, config);
  for (const [index, candidate] of (request.candidates ?? []).entries()) checkCandidate(candidate, index, field);
}

async function checkPrediction(
  tenantId: string,
  step: StepOf<'predict'>,
  { field, dataset, then }: { readonly field: string; readonly dataset: string; readonly then: Then },
  deps: Deps,
): Promise<void> {
  const training = then.find(({ kind }) => kind === 'train') as StepOf<'train'> | undefined;
  const model = step.model ?? training?.model;
  if (model === undefined) {
    throw new Problem(422, 'model-missing', 'Which model predicts? No step trains one.', {
      field: `${field}model`,
      cure: 'Name a model, or put a step train before.',
    });
  }
  if (model !== training?.model) await requireModel(tenantId, model, `${field}model`, deps);
  if (step.dataset === undefined || [dataset, ...outputNames(dataset, then)].includes(step.dataset)) return;
  await requireDataset(tenantId, step.dataset, `${field}dataset`, deps);
}

async function requireModel(tenantId: string, name: string, field: string, { database }: Deps): Promise<void> {
  if ((await findModel(database.read, tenantId, name)) !== undefined) return;
  throw new Problem(404, 'model-not-found', `There is no model ${name}.`, {
    field,
    cure: 'List what there is with GET /v1/models, or train it in a step before.',
  });
}

/** One that is there under this name, in whatever state. */
async function requireDataset(tenantId: string, name: string, field: string, { database }: Deps): Promise<void> {
  const [known] = await listDatasets(database.read, tenantId, { name, limit: 1 });
  if (known !== undefined && known.status !== 'rejected') return;
  throw new Problem(404, 'dataset-not-found', `There is no dataset of the name ${name}.`, {
    field,
    cure: 'List what there is with GET /v1/datasets, or upload it first.',
  });
}
