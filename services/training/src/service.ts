import { defineService, type PeriodicTask } from '@bellwether/platform';
import { checkDefaultBackend, lazyRemote } from '@bellwether/sagemaker/remote';
import { sweepExchanged } from './adapters/sagemaker/sweep-exchanged.ts';
import { settleRuns } from './automations/settle-runs.ts';
import { tick } from './automations/tick.ts';
import type { Deps } from './deps.ts';
import { sweepForecasters } from './forecasting/sweep-forecasters.ts';
import { acceptOrder, cancelStep } from './handlers/accept-order.ts';
import { advanceRun, failRun, startRun } from './handlers/advance-run.ts';
import { cancelJob } from './handlers/cancel-job.ts';
import { failJob } from './handlers/fail-job.ts';
import { failTrial } from './handlers/fail-trial.ts';
import { finishJob } from './handlers/finish-job.ts';
import { followFit } from './handlers/follow-fit.ts';
import { followTrial } from './handlers/follow-trial.ts';
import { planJob } from './handlers/plan-job.ts';
import { failWaitingJobs } from './handlers/resume-waiting-jobs.ts';
import { runDueAutomations } from './handlers/run-due-automations.ts';
import { runTrial } from './handlers/run-trial.ts';
import { takeDataset } from './handlers/take-dataset.ts';
import { discardForecaster, failFit, finishFit, fitForecaster, planForecaster } from './handlers/train-forecaster.ts';
import { applyRetention } from './jobs/apply-retention.ts';
import { settleJobs } from './jobs/settle-jobs.ts';
import { readCodeVersion } from './local/code-version.ts';
import { sweepArtifacts } from './local/sweep-artifacts.ts';
import { openTrialPool } from './local/trial-pool.ts';
import { createAutomation } from './routes/create-automation.ts';
import { createTrainingJob, trainNewest } from './routes/create-training-job.ts';
import { deleteModel, deleteVersion } from './routes/delete-models.ts';
import { getArtifact } from './routes/get-artifact.ts';
import { inventoryModels } from './routes/inventory-models.ts';
import { listForecasters } from './routes/list-forecasters.ts';
import { pollTraining } from './routes/poll-training.ts';
import { promoteChampion } from './routes/promote-champion.ts';
import { deleteAutomation, getAutomation, listAutomations } from './routes/read-automations.ts';
import { getModel, getVersion, listModels, listVersions } from './routes/read-models.ts';
import { setRetention } from './routes/set-retention.ts';
import { tagVersion } from './routes/tag-version.ts';
import { trainDataset } from './routes/train-dataset.ts';

/** Datasets in, versions and champions out. */
export const training = defineService<'training', Deps>({
  service: 'training',

  handlers: {
    datasetReady: takeDataset,
    datasetRejected: failWaitingJobs,
    trainingRequested: planJob,
    trainingFailed: failJob,
    trialRequested: runTrial,
    trialSubmitted: followTrial,
    trialFailed: failTrial,
    trialFinished: finishJob,
    forecasterRequested: planForecaster,
    fitRequested: fitForecaster,
    fitSubmitted: followFit,
    fitFailed: failFit,
    fitFinished: finishFit,
    forecastDiscarded: discardForecaster,
    cancelRequested: cancelJob,
    clockTicked: runDueAutomations,
    automationTriggered: startRun,
    automationFailed: failRun,
    automationFinished: cancelStep,
    trainingOrdered: acceptOrder,
    enrichmentFinished: advanceRun,
    trainingFinished: advanceRun,
    predictionFinished: advanceRun,
  },

  routes: {
    createTrainingJob,
    listForecasters,
    trainNewest,
    listModels,
    getModel,
    listVersions,
    getVersion,
    getArtifact,
    promoteChampion,
    tagVersion,
    setRetention,
    deleteVersion,
    deleteModel,
    createAutomation,
    listAutomations,
    getAutomation,
    deleteAutomation,
    trainDataset,
    pollTraining,
    inventoryModels,
  },

  concurrency: ({ name }, { TRIAL_WORKERS, CONCURRENCY }) => (name === 'training' ? CONCURRENCY : TRIAL_WORKERS),

  async open(platform) {
    const pool = openTrialPool(platform.config.TRIAL_WORKERS, platform.config.TRAINING_CORES);
    const { config } = platform;
    checkDefaultBackend(config);
    const remote = lazyRemote(config);
    const codeVersion = readCodeVersion(config.BELLWETHER_COMMIT);
    const deps: Deps = { ...platform, pool, remote, codeVersion, workFolder: await platform.workFolder('training') };
    return {
      deps,
      tasks: [
        { name: 'sweep artifacts', everySeconds: 3600, atStart: true, run: (now) => sweepArtifacts(deps, now) },
        { name: 'sweep forecasters', everySeconds: 3600, atStart: true, run: (now) => sweepForecasters(deps, now) },
        { name: 'sweep SageMaker', everySeconds: 3600, run: () => sweepExchanged(deps) },
        { name: 'apply retention', everySeconds: 300, run: () => applyRetention(deps) },
        { name: 'settle jobs', everySeconds: 300, run: () => settleJobs(deps) },
        { name: 'settle automations', everySeconds: 300, run: () => settleRuns(deps) },
        ...(config.QUEUE === 'sqs' ? [] : [clock(deps)]),
      ],
      async close() {
        await pool.close();
        await remote.close();
      },
    };
  },
});

/** Where the queue is SQS, EventBridge ticks: the rule is part of the stack. */
const clock = (deps: Deps): PeriodicTask => ({ name: 'clock', everySeconds: 1, atStart: true, run: () => tick(deps) });
