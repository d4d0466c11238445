import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Model, saveModel } from '@bellwether/learning';
import { writeOnnx } from '../src/index.ts';
import { type OnnxAnswers, writeForOracle } from '../test/onnx-oracle.ts';
import { fitShop } from '../test/shop.ts';

/**
 * Records small models of each kind, and what onnxruntime says of their ONNX. PYTHON names an interpreter that has it
 * (see `predict-onnx.py`):
 *
 *     PYTHON=venv/bin/python node packages/onnx/scripts/record-fixtures.ts
 */
const small = { xgboost: { num_round: 8, max_depth: 3 }, 'random-forest': { num_parallel_tree: 6, max_depth: 4 } };
const models = new Map<string, Model>();
for (const algorithm of ['linear', 'baseline', 'xgboost', 'random-forest'] as const) {
  const hyperparameters = algorithm in small ? small[algorithm as keyof typeof small] : {};
  for (const target of ['price', 'sold', 'grade', 'stars']) {
    models.set(`${algorithm}-${target}`, await fitShop(algorithm, target, { hyperparameters }));
  }
}
models.set('linear-price-log', await fitShop('linear', 'price', { logTarget: true }));
models.set('xgboost-price-log', await fitShop('xgboost', 'price', { logTarget: true, hyperparameters: small.xgboost }));
for (const objective of ['count:poisson', 'reg:tweedie', 'reg:absoluteerror', 'reg:squaredlogerror']) {
  const hyperparameters = { ...small.xgboost, objective };
  models.set(`xgboost-price-${objective.replace(':', '-')}`, await fitShop('xgboost', 'price', { hyperparameters }));
}

const fixtures = new URL('../test/fixtures/', import.meta.url);
const folder = await mkdtemp(join(tmpdir(), 'bellwether-onnx-'));
try {
  await writeForOracle(folder, models);
  const script = fileURLToPath(new URL('predict-onnx.py', import.meta.url));
  const printed = execFileSync(process.env.PYTHON ?? 'python3', [script, folder], { encoding: 'utf8' });
  const answers: OnnxAnswers = JSON.parse(printed);
  const recorded: Record<string, object> = {};
  for (const [name, model] of models) {
    await writeFile(new URL(`${name}.tar.gz`, fixtures), await saveModel(model));
    recorded[name] = { sha256: hash('sha256', writeOnnx(model).bytes, 'hex'), answers: answers[name] };
  }
  await writeFile(new URL('onnxruntime.json', fixtures), `${JSON.stringify(recorded)}\n`);
} finally {
  await rm(folder, { recursive: true });
}
