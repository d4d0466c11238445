import { defineService } from '@bellwether/platform';
import { lazyRemote } from '@bellwether/sagemaker/remote';
import type { Deps } from './deps.ts';
import { acceptOrder, cancelStep } from './handlers/accept-order.ts';
import { cancelPrediction, failOnRejected, failPrediction, finishPrediction } from './handlers/finish-prediction.ts';
import { followPart } from './handlers/follow-part.ts';
import { followPrediction } from './handlers/follow-prediction.ts';
import { loadChampion } from './handlers/load-champion.ts';
import { discardForecasts, failPart, finishPart, forecastPart, planForecasts } from './handlers/make-forecasts.ts';
import { refreshItems } from './handlers/refresh-items.ts';
import { runPrediction } from './handlers/run-prediction.ts';
import { openServedItems } from './items/served-items.ts';
import { followSeries } from './jobs/follow-series.ts';
import { settlePredictions } from './jobs/settle-predictions.ts';
import { sweepExchanged } from './jobs/sweep-exchanged.ts';
import { sweepForecasts } from './jobs/sweep-forecasts.ts';
import { sweepItems } from './jobs/sweep-items.ts';
import { openLoadedModels } from './models/loaded-models.ts';
import {
  openInfer,
  openInferByVersion,
  openModelMetadata,
  openModelReady,
  openServerMetadata,
  openVersionMetadata,
  openVersionReady,
} from './open-inference/routes.ts';
import { createBatchPrediction } from './routes/create-batch-prediction.ts';
import { createNextPeriods } from './routes/create-next-periods.ts';
import { findSimilarRows } from './routes/find-similar-rows.ts';
import { forecastAgain } from './routes/forecast-again.ts';
import { pollInference } from './routes/poll-inference.ts';
import { predict, predictShort } from './routes/predict.ts';
import { predictItem } from './routes/predict-item.ts';
import { predictItemElsewhere } from './routes/predict-item-elsewhere.ts';
import { predictTestSet } from './routes/predict-test-set.ts';
import { score } from './scoring/score.ts';
import { openRecentTables } from './tables/recent-tables.ts';

/** Champions in, predictions out. */
export const inference = defineService<'inference', Deps>({
  service: 'inference',

  handlers: {
    championPromoted: loadChampion,
    predictionRequested: runPrediction,
    predictionSubmitted: followPrediction,
    predictionFailed: failPrediction,
    datasetReady: finishPrediction,
    datasetRejected: failOnRejected,
    itemsOutdated: refreshItems,
    forecastsRequested: planForecasts,
    partRequested: forecastPart,
    partSubmitted: followPart,
    partFailed: failPart,
    partFinished: finishPart,
    forecastDiscarded: discardForecasts,
    cancelRequested: cancelPrediction,
    predictionOrdered: acceptOrder,
    automationFinished: cancelStep,
  },

  routes: {
    predict,
    predictShort,
    score,
    predictItem,
    createNextPeriods,
    predictItemElsewhere,
    createBatchPrediction,
    findSimilarRows,
    forecastAgain,
    openInfer,
    openInferByVersion,
    openServerMetadata,
    openModelMetadata,
    openVersionMetadata,
    openModelReady,
    openVersionReady,
    predictTestSet,
    pollInference,
  },

  // Each batch is a child process, and online predictions want a core too.
  concurrency: ({ name }, { CONCURRENCY }) =>
    name === 'inference-batches' || name === 'inference-parts' ? 2 : CONCURRENCY,

  async open(platform) {
    const models = openLoadedModels(platform);
    const tables = openRecentTables(platform.store);
    const remote = lazyRemote(platform.config);
    const items = openServedItems({ ...platform, models, tables });
    const workFolder = await platform.workFolder('inference');
    const deps: Deps = { ...platform, models, tables, items, remote, workFolder };
    return {
      deps,
      tasks: [
        { name: 'settle predictions', everySeconds: 300, run: () => settlePredictions(deps) },
        { name: 'follow series', everySeconds: 300, run: () => followSeries(deps) },
        { name: 'sweep SageMaker', everySeconds: 3600, run: () => sweepExchanged(deps) },
        { name: 'sweep forecasts', everySeconds: 3600, atStart: true, run: (now) => sweepForecasts(deps, now) },
        { name: 'sweep items', everySeconds: 3600, atStart: true, run: (now) => sweepItems(deps, now) },
      ],
      async close() {
        await tables.close();
        await remote.close();
      },
    };
  },
});
