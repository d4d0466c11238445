import { defineService } from '@bellwether/platform';
import type { Deps } from './deps.ts';
import { deriveDatasets } from './handlers/derive-datasets.ts';
import { cancelEnrichment, failEnrichment } from './handlers/end-enrichment.ts';
import { failOnRejected, finishEnrichment } from './handlers/finish-enrichment.ts';
import { settleEnrichments } from './jobs/settle-enrichments.ts';
import { createEnrichment } from './routes/create-enrichment.ts';

/** Datasets in, derived datasets out. */
export const enrichment = defineService<'enrichment', Deps>({
  service: 'enrichment',

  handlers: {
    enrichmentRequested: deriveDatasets,
    enrichmentFailed: failEnrichment,
    datasetReady: finishEnrichment,
    datasetRejected: failOnRejected,
    cancelRequested: cancelEnrichment,
  },

  routes: {
    createEnrichment,
  },

  concurrency: () => 2,

  async open(platform) {
    const deps: Deps = { ...platform, workFolder: await platform.workFolder('enrichment') };
    return { deps, tasks: [{ name: 'settle enrichments', everySeconds: 300, run: () => settleEnrichments(deps) }] };
  },
});
