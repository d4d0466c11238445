import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Problem } from '@bellwether/contracts';
import { extract, pack } from 'tar-stream';

/** The name of the model's file in `model.tar.gz`, there and here. */
export const modelFile = 'xgboost-model';

/** Decompression stops here, so that no archive fills the memory. */
const maxBytes = 512 * 2 ** 20;

/**
 * The model of SageMaker's `model.tar.gz`.
 *
 * @throws Problem `sagemaker-artifact` when it is no such archive, or holds no model
 */
export async function modelOfArchive(archive: Uint8Array): Promise<Uint8Array> {
  const files = await filesOf(archive).catch((error: unknown) => {
    throw refused(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const found = files.get(modelFile);
  if (found === undefined) throw refused(`holds no file ${modelFile}, but ${[...files.keys()].join(', ') || 'none'}`);
  return found;
}

/** A `model.tar.gz` for CreateModel: nothing but the model in it, since the container loads the first file it finds. */
export async function archiveOfModel(model: Uint8Array): Promise<Uint8Array> {
  const archive = pack();
  archive.entry({ name: modelFile, mtime: new Date(0) }, Buffer.from(model));
  archive.finalize();
  return await promisify(gzip)(await buffer(archive));
}

async function filesOf(archive: Uint8Array): Promise<Map<string, Uint8Array>> {
  const tar = await promisify(gunzip)(archive, { maxOutputLength: maxBytes });
  const files = new Map<string, Uint8Array>();
  const entries = extract();
  entries.end(tar);
  for await (const entry of entries) {
    const content = await buffer(entry);
    const { name, type } = entry.header;
    if (type === 'file') files.set(name.replace(/^\.\//, ''), new Uint8Array(content));
  }
  return files;
}

function refused(what: string): Problem {
  return new Problem(422, 'sagemaker-artifact', `SageMaker’s model.tar.gz ${what}.`, {
    cure: 'Use an image of the built-in XGBoost from version 3.0-5 on.',
  });
}
