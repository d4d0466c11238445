import { defineService, type Platform } from '@bellwether/platform';
import type { Deps } from './deps.ts';
import { registerDerived } from './handlers/register-derived.ts';
import { rejectDerived } from './handlers/reject-derived.ts';
import { rejectUpload } from './handlers/reject-upload.ts';
import { rejectAppended, storeAppended } from './handlers/store-appended.ts';
import { validateUpload } from './handlers/validate-upload.ts';
import { appendDatasetRows } from './routes/append-rows.ts';
import { createDataset, presignUpload } from './routes/create-dataset.ts';
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
  },

  // Each upload in work is a child process with PARSE_MEMORY_MB of its own.
  concurrency: () => 2,

  async open(platform: Platform) {
    const deps: Deps = { ...platform, workFolder: await platform.workFolder('ingest') };
    return {
      deps,
      tasks: [
        { name: 'sweep objects', everySeconds: 3600, atStart: true, run: (now) => sweepObjects(deps, now) },
        { name: 'expire announcements', everySeconds: 60, run: (now) => expireAnnouncements(deps, now) },
      ],
    };
  },
});
