import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { loadModel, type Model } from '@bellwether/learning';
import { writeOnnx, writeTritonModel } from '@bellwether/onnx';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { differenceOf } from '../../packages/onnx/test/onnx-oracle.ts';
import { encodedShop } from '../../packages/onnx/test/shop.ts';
import { pythonWith } from '../integration/python-environment.ts';
import { freePorts } from '../stack/free-ports.ts';

const script = fileURLToPath(new URL('serve-repository.py', import.meta.url));
const requirements = ['nvidia-pytriton==0.7.0', 'onnxruntime==1.31.1'];
/** Triton's own Python is linked with the system's library, which others do not have. */
const debians = '/usr/bin/python3.11';
const fixtures = new URL('../../packages/onnx/test/fixtures/', import.meta.url);
/** One of each learner and each kind of label. */
const names = ['linear-price-log', 'random-forest-grade', 'xgboost-sold', 'xgboost-stars', 'baseline-price'];

/** A real Triton over a model repository; it ends with the scope. */
async function tritonOf(repository: string, backends: string, port: number) {
  const python = await pythonWith(requirements, debians);
  const child = spawn(python, [script, repository, String(port), backends], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const said: string[] = [];
  child.stderr.on('data', (text) => said.push(String(text)));
  for await (const line of createInterface({ input: child.stdout })) if (line === 'ready') break;
  if (child.exitCode !== null) throw new Error(`Triton ended with ${child.exitCode}: ${said.join('')}`);
  child.stdout.resume();
  return {
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Asks by the binary extension, in which a number may be missing. */
async function infer(url: string, name: string, model: Model) {
  const rows = encodedShop(model).map((row) => row.map((value) => value ?? Number.NaN));
  const isDouble = writeOnnx(model).inputs[0]?.type === 'double';
  const values = isDouble ? Float64Array.from(rows.flat()) : Float32Array.from(rows.flat());
  const header = Buffer.from(
    JSON.stringify({
      inputs: [
        {
          name: 'features',
          datatype: isDouble ? 'FP64' : 'FP32',
          shape: [rows.length, rows[0]?.length],
          parameters: { binary_data_size: values.byteLength },
        },
      ],
    }),
  );
  const response = await fetch(`${url}/v2/models/${name}/infer`, {
    method: 'POST',
    headers: { 'Inference-Header-Content-Length': String(header.length) },
    body: Buffer.concat([header, new Uint8Array(values.buffer)]),
  });
  const body = (await response.json()) as { outputs: { name: string; shape: [number, number]; data: never[] }[] };
  if (!response.ok) throw new Error(JSON.stringify(body));
  const table = (wanted: string) => {
    const { shape = [0, 0], data = [] } = body.outputs.find((output) => output.name === wanted) ?? {};
    const [length, width] = shape;
    return Array.from({ length }, (_, row) => data.slice(row * width, (row + 1) * width));
  };
  return { predict: table('predict'), probabilities: table('probabilities') };
}

test('Triton loads the model repository that we write, and predicts as we do', async () => {
  using folder = temporaryFolder();
  const repository = join(folder.path, 'models');
  const models = new Map<string, Model>();
  for (const name of names) models.set(name, await loadModel(await readFile(new URL(`${name}.tar.gz`, fixtures))));
  for (const [name, model] of models) await writeTritonModel(repository, { name, version: 3 }, writeOnnx(model));
  const port = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  await using _triton = await tritonOf(repository, join(folder.path, 'backends'), port);

  for (const [name, model] of models) {
    const described = await (await fetch(`${url}/v2/models/${name}`)).json();
    expect(described).toMatchObject({ name, versions: ['3'], platform: 'onnxruntime_onnx' });
    const difference = differenceOf(model, await infer(url, name, model));
    expect({ name, ...difference }).toEqual({ name, numbers: expect.any(Number), labels: 0 });
    expect(difference.numbers).toBeLessThan(1e-5);
  }
}, 300_000);
