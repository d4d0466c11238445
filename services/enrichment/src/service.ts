import { keepSpareChild } from '@bellwether/datasets';
import { defineService } from '@bellwether/platform';
import type { Deps } from './deps.ts';
import { acceptOrder, cancelStep } from './handlers/accept-order.ts';
import { deriveDatasets } from './handlers/derive-datasets.ts';
import { cancelEnrichment, failEnrichment } from './handlers/end-enrichment.ts';
import { failOnRejected, finishEnrichment } from './handlers/finish-enrichment.ts';
import { discardPanel, preparePanel } from './handlers/prepare-panel.ts';
import { refreshSeries } from './jobs/refresh-series.ts';
import { settleEnrichments } from './jobs/settle-enrichments.ts';
import { sweepPanels } from './jobs/sweep-panels.ts';
import { createEnrichment } from './routes/create-enrichment.ts';
import { preprocess } from './routes/preprocess.ts';
import { searchFred } from './routes/search-fred.ts';
import { searchSeries } from './routes/search-series.ts';
import { openSeriesLibrary } from './series/open-series-library.ts';

/** Datasets in, derived datasets out. */
export const enrichment = defineService<'enrichment', Deps>({
  service: 'enrichment',

  handlers: {
    enrichmentRequested: deriveDatasets,
    enrichmentFailed: failEnrichment,
    datasetReady: finishEnrichment,
    datasetRejected: failOnRejected,
    panelRequested: preparePanel,
    forecastDiscarded: discardPanel,
    cancelRequested: cancelEnrichment,
    enrichmentOrdered: acceptOrder,
    automationFinished: cancelStep,
  },

  routes: {
    createEnrichment,
    searchSeries,
    searchFred,
    preprocess,
  },

  concurrency: () => 2,

  async open(platform) {
    const workFolder = await platform.workFolder('enrichment');
    const spare = keepSpareChild({
      limits: { memoryBytes: platform.config.PARSE_MEMORY_MB * 2 ** 20 },
      kinds: ['derive', 'split'],
    });
    const deps: Deps = { ...platform, workFolder, spare, series: openSeriesLibrary(platform) };
    return {
      deps,
      close: async () => spare.close(),
      tasks: [
        { name: 'settle enrichments', everySeconds: 300, run: () => settleEnrichments(deps) },
        { name: 'sweep panels', everySeconds: 3600, atStart: true, run: (now) => sweepPanels(deps, now) },
        { name: 'refresh series', everySeconds: 900, run: () => refreshSeries(deps) },
      ],
    };
  },
});
