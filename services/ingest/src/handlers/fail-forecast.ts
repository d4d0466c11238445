import type { flow } from '@bellwether/contracts';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { failForecast } from '../forecasts/end-forecast.ts';
import { reportFailure } from '../forecasts/report-failure.ts';

/** A step of a forecast failed, here or with another service: so has the job. */
function failOn(code: string) {
  return async ({ body }: { body: { jobId: string; code?: string | undefined; reasons: string[] } }, deps: Deps) => {
    const detail = body.reasons.at(-1) ?? 'no reason was recorded';
    await reportFailure(body.jobId, { status: 'failed', reason: detail }, deps);
    return async (tx: Parameters<typeof failForecast>[0]) =>
      await failForecast(tx, body.jobId, { code: body.code ?? code, detail }, deps.now());
  };
}

export const failOnStep: Handler<'ingest', typeof flow.forecastFailed, Deps> = failOn('step-failed');
export const failOnPanel: Handler<'ingest', typeof flow.panelFailed, Deps> = failOn('panel-failed');
export const failOnForecaster: Handler<'ingest', typeof flow.forecasterFailed, Deps> = failOn('forecaster-failed');
export const failOnForecasts: Handler<'ingest', typeof flow.forecastsFailed, Deps> = failOn('forecasts-failed');
export const failOnScores: Handler<'ingest', typeof flow.scoresFailed, Deps> = failOn('scores-failed');

/** Somebody asked for a job to stop; what it made is removed where that was asked for. */
export const cancelForecast: Handler<'ingest', typeof flow.cancelRequested, Deps> = async ({ body }, deps) => {
  if (body.kind !== 'forecast') return async () => [];
  const detail = 'Cancelled on request.';
  await reportFailure(body.jobId, { status: 'cancelled', reason: detail }, deps);
  return async (tx) => await failForecast(tx, body.jobId, { code: 'cancelled', detail }, deps.now());
};
