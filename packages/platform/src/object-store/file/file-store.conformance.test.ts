import { objectStoreConformance } from '@bellwether/testkit/conformance';
import { serveFileStore } from './served-file-store.fixture.ts';

for (const durability of ['normal', 'full'] as const) {
  objectStoreConformance(`File store, durability ${durability}`, async () => {
    const served = await serveFileStore({ durability });
    return {
      store: served.store,
      // The embedded store notifies before it answers the upload.
      nextUpload: async () => served.uploads.shift() ?? Promise.reject(new Error('nothing was uploaded')),
      close: () => served[Symbol.asyncDispose](),
    };
  });
}
