import { keepSpareChild } from '@bellwether/datasets';
import { defineService, type Platform } from '@bellwether/platform';
import { lazyWarehouse } from '@bellwether/warehouse';
import type { Deps } from './deps.ts';
import { settleForecasts } from './forecasts/settle-forecasts.ts';
import { acceptForecast, refuseForecast } from './handlers/accept-forecast.ts';
import {
  finishForecast,
  requestForecaster,
  requestForecasts,
  requestPanel,
  showBacktests,
} from './handlers/advance-forecast.ts';
import { forecasterIsGone, forecastsAreGone, panelIsGone } from './handlers/clean-forecast.ts';
import { exportForecastTables } from './handlers/export-tables.ts';
import {
  cancelForecast,
  failOnForecaster,
  failOnForecasts,
  failOnPanel,
  failOnScores,
  failOnStep,
} from './handlers/fail-forecast.ts';
import { registerDerived } from './handlers/register-derived.ts';
import { registerForecasts } from './handlers/register-forecasts.ts';
import { rejectDerived } from './handlers/reject-derived.ts';
import { rejectUpload } from './handlers/reject-upload.ts';
import { rejectAppended, storeAppended } from './handlers/store-appended.ts';
import { validateUpload } from './handlers/validate-upload.ts';
import { appendDatasetRows } from './routes/append-rows.ts';
import { createDataset, presignUpload } from './routes/create-dataset.ts';
import { createForecast, createForecastPipeline } from './routes/create-forecast.ts';
import { deleteDataset } from './routes/delete-dataset.ts';
import { inventoryDatasets } from './routes/inventory-datasets.ts';
import { downloadDataset, getDataset, getDatasetRows, listDatasets } from './routes/read-datasets.ts';
import { expireAnnouncements } from './tables/expire-announcements.ts';
import { sweepObjects } from './tables/sweep-objects.ts';

/** Uploads in, datasets out. */
export const ingest = defineService<'ingest', Deps>({
  service: 'ingest',

  handlers: {
    datasetUploaded: validateUpload,
    uploadFailed: rejectUpload,
    rowsAppended: storeAppended,
    appendFailed: rejectAppended,
    datasetDerived: registerDerived,
    predictionsDerived: registerDerived,
    derivationFailed: rejectDerived,

    forecastAsked: acceptForecast,
    forecastRefused: refuseForecast,
    forecastRequested: exportForecastTables,
    tablesExported: requestPanel,
    panelPrepared: requestForecaster,
    predictorsTrained: showBacktests,
    forecasterTrained: requestForecasts,
    forecastsMade: registerForecasts,
    scoresWritten: finishForecast,
    panelDiscarded: panelIsGone,
    forecasterDiscarded: forecasterIsGone,
    forecastsDiscarded: forecastsAreGone,
    forecastFailed: failOnStep,
    panelFailed: failOnPanel,
    forecasterFailed: failOnForecaster,
    forecastsFailed: failOnForecasts,
    scoresFailed: failOnScores,
    cancelRequested: cancelForecast,
  },

  routes: {
    createDataset,
    listDatasets,
    getDataset,
    deleteDataset,
    getDatasetRows,
    appendDatasetRows,
    downloadDataset,
    presignUpload,
    inventoryDatasets,
    createForecast,
    createForecastPipeline,
  },

  // Each upload in work is a child process with PARSE_MEMORY_MB of its own.
  concurrency: () => 2,

  async open(platform: Platform) {
    const warehouse = lazyWarehouse(platform.config);
    const workFolder = await platform.workFolder('ingest');
    const spare = keepSpareChild({
      limits: { memoryBytes: platform.config.PARSE_MEMORY_MB * 2 ** 20 },
      kinds: ['inspect'],
    });
    const deps: Deps = { ...platform, warehouse: warehouse.open, workFolder, spare };
    return {
      deps,
      async close() {
        spare.close();
        await warehouse.close();
      },
      tasks: [
        { name: 'sweep objects', everySeconds: 3600, atStart: true, run: (now) => sweepObjects(deps, now) },
        { name: 'settle forecasts', everySeconds: 300, run: (now) => settleForecasts(deps, now) },
        { name: 'expire announcements', everySeconds: 60, run: (now) => expireAnnouncements(deps, now) },
      ],
    };
  },
});
