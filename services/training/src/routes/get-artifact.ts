import { readFile } from 'node:fs/promises';
import { loadModel } from '@bellwether/learning';
import { writeOnnx } from '@bellwether/onnx';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { versionOf } from './read-models.ts';

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** `GET /v1/models/{name}/versions/{version}/artifact`: where to fetch it, or what is made of it: ONNX */
export const getArtifact: Route<'getArtifact', Deps> = async ({ tenantId, params, query }, deps) => {
  const { artifact_key } = await versionOf(tenantId, params, deps);
  if (query.form === 'archive') {
    const signed = { expiresInSeconds: 300, fileName: 'model.tar.gz' };
    return { location: await deps.store.signDownload(artifact_key, signed) };
  }
  await using artifact = await deps.store.localCopy(artifact_key);
  const { bytes } = writeOnnx(await loadModel(await readFile(artifact.path)));
  const headers = {
    'content-type': 'application/octet-stream',
    'content-length': String(bytes.length),
    'content-disposition': 'attachment; filename="model.onnx"',
  };
  return { status: 200, headers, stream: whole(bytes) };
};
