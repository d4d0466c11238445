import { emit, flow, namesOfRefused, readPipelineMessage } from '@bellwether/contracts';
import { insertJob } from '@bellwether/database';
import { type Handler, PermanentError } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { planPipeline } from '../domain/plan-forecast.ts';
import { managedFault } from '../domain/plan-managed.ts';
import type { Refusal } from '../domain/refusal.ts';
import { forecastJob } from '../forecasts/forecast-rows.ts';

/** A client's message arrived: it becomes a job, or goes to the dead letters with what is wrong with it. */
export const acceptForecast: Handler<'ingest', typeof flow.forecastAsked, Deps> = async (message, deps) => {
  const { newId, now } = deps;
  const read = readPipelineMessage(message.body.message);
  if (!read.ok) throw new PermanentError('message-invalid', read.faults.join('; '));
  const planned = planPipeline(read.parameters, message.id, newId);
  if (!planned.ok) throw permanent(planned.refusal);
  const unfit = managedFault(planned.plan, deps.config);
  if (unfit !== undefined) throw permanent(unfit);
  const model = read.parameters.DataName;
  const { tenantId } = message;
  const { plan } = planned;
  const job = forecastJob({ id: newId('job'), tenantId, model, request: { param: read.parameters }, plan }, now());
  return async (tx) => {
    await insertJob(tx, job);
    return [emit(flow.forecastRequested, { jobId: job.id }, { jobId: job.id })];
  };
};

const permanent = ({ code, detail, field, cure }: Refusal) => new PermanentError(code, `${field}: ${detail} ${cure}`);

/** A client's message was refused: whoever looks into the warehouse sees why. */
export const refuseForecast: Handler<'ingest', typeof flow.forecastRefused, Deps> = async ({ body }, deps) => {
  const { message, messageId, reasons } = body;
  const reason = (reasons.at(-1) ?? 'no reason was recorded').replace(/^attempt \d+: /, '');
  const row = { status: 'failed', reason, messageId, forecastAvailable: false } as const;
  await (await deps.warehouse()).upsertParameters(namesOfRefused(message, messageId), row);
  return async () => [];
};
