import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tritonConfig } from './triton-config.ts';
import type { OnnxFile } from './write-onnx.ts';

/**
 * Writes a model into Triton's model repository: `<folder>/<name>/config.pbtxt` and `…/<version>/model.onnx`. A version
 * that is there is replaced.
 */
export async function writeTritonModel(
  folder: string,
  { name, version }: { readonly name: string; readonly version: number },
  file: OnnxFile,
): Promise<void> {
  const own = join(folder, name);
  await mkdir(join(own, String(version)), { recursive: true });
  await writeFile(join(own, String(version), 'model.onnx'), file.bytes);
  await writeFile(join(own, 'config.pbtxt'), tritonConfig(name, file));
}
