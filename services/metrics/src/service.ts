import { defineService } from '@bellwether/platform';
import { lazyWarehouse } from '@bellwether/warehouse';
import type { Deps } from './deps.ts';
import { recordEvent } from './handlers/record-event.ts';
import { cancelEvaluation, failEvaluation, runEvaluation } from './handlers/run-evaluation.ts';
import { orderScores, writeScores } from './handlers/write-scores.ts';
import { cancelJob } from './routes/cancel-job.ts';
import { compareResults } from './routes/compare-results.ts';
import { createEvaluation } from './routes/create-evaluation.ts';
import { listDeadLetters, redriveDeadLetter } from './routes/dead-letters.ts';
import { inventoryJob, inventoryJobs } from './routes/inventory-jobs.ts';
import { listJobEvents } from './routes/list-job-events.ts';
import { listRequests } from './routes/list-requests.ts';
import { getEvaluation, listEvaluations } from './routes/read-evaluations.ts';
import { getJob, listJobs } from './routes/read-jobs.ts';

/** Every event in; timelines, evaluations, the request log and dead letters out. */
export const metrics = defineService<'metrics', Deps>({
  service: 'metrics',

  handlers: {
    datasetReady: recordEvent,
    datasetRejected: recordEvent,
    enrichmentRequested: recordEvent,
    enrichmentFinished: recordEvent,
    trainingRequested: recordEvent,
    trialFinished: recordEvent,
    trainingFinished: recordEvent,
    championPromoted: recordEvent,
    predictionRequested: recordEvent,
    predictionFinished: recordEvent,
    automationTriggered: recordEvent,
    enrichmentOrdered: recordEvent,
    trainingOrdered: recordEvent,
    predictionOrdered: recordEvent,
    automationFinished: recordEvent,
    evaluationRequested: runEvaluation,
    evaluationFailed: failEvaluation,
    evaluationFinished: recordEvent,
    forecastRequested: recordEvent,
    tablesExported: recordEvent,
    panelPrepared: recordEvent,
    panelFailed: recordEvent,
    predictorsTrained: recordEvent,
    forecasterTrained: recordEvent,
    forecasterFailed: recordEvent,
    forecastsMade: recordEvent,
    forecastsFailed: recordEvent,
    scoresRequested: orderScores,
    scoresDeferred: writeScores,
    scoresWritten: recordEvent,
    scoresFailed: recordEvent,
    forecastFinished: recordEvent,
    cancelRequested: cancelEvaluation,
  },

  routes: {
    listJobs,
    getJob,
    listJobEvents,
    cancelJob,
    createEvaluation,
    listEvaluations,
    getEvaluation,
    listRequests,
    listDeadLetters,
    redriveDeadLetter,
    compareResults,
    inventoryJobs,
    inventoryJob,
  },

  // Each evaluation takes up to 256 MB; timelines go on meanwhile.
  concurrency: ({ name }, { CONCURRENCY }) => (name === 'metrics' ? CONCURRENCY : 2),

  async open(platform) {
    const warehouse = lazyWarehouse(platform.config);
    const workFolder = await platform.workFolder('metrics');
    return { deps: { ...platform, workFolder, warehouse: warehouse.open }, close: warehouse.close };
  },
});
