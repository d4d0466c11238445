import { readFile } from 'node:fs/promises';
import { loadModel } from '@bellwether/learning';
import { writeOnnx, writeTritonModel } from '../src/index.ts';

/**
 * Makes Triton's model repository of artifacts:
 *
 *     node packages/onnx/scripts/write-triton-repository.ts model.tar.gz models weekly-orders 3
 *     tritonserver --model-repository=models
 */
const [artifact, folder, name, version = '1'] = process.argv.slice(2);
if (artifact === undefined || folder === undefined || name === undefined || !/^[1-9]\d*$/.test(version)) {
  console.error('Usage: write-triton-repository.ts ARTIFACT FOLDER NAME [VERSION]');
  process.exitCode = 2;
} else {
  const model = await loadModel(await readFile(artifact));
  await writeTritonModel(folder, { name, version: Number(version) }, writeOnnx(model));
}
