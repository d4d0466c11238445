import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Model, predictRows } from '@bellwether/learning';
import { writeOnnx } from '../src/index.ts';
import { encodedShop, everyRow, shop } from './shop.ts';

/** What onnxruntime answered, by model. */
export type OnnxAnswers = Readonly<
  Record<string, { readonly predict: (number | string | boolean)[][]; readonly probabilities?: number[][] }>
>;

/** Writes what `predict-onnx.py` reads: each model, and the shop's rows as it takes them. */
export async function writeForOracle(folder: string, models: ReadonlyMap<string, Model>): Promise<void> {
  for (const [name, model] of models) {
    await writeFile(join(folder, `${name}.onnx`), writeOnnx(model).bytes);
    await writeFile(join(folder, `${name}.json`), JSON.stringify(encodedShop(model)));
  }
}

export interface Difference {
  /** largest difference between two numbers, relative to what is larger: ours, or 1 */
  readonly numbers: number;
  /** rows whose labels differ */
  readonly labels: number;
}

const relative = (ours: number, theirs: number): number => Math.abs(ours - theirs) / Math.max(1, Math.abs(ours));
const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);

/** How far onnxruntime's answers are from ours, over the shop's rows. */
export function differenceOf(model: Model, { predict, probabilities }: OnnxAnswers[string]): Difference {
  const ours = predictRows(model, shop, everyRow);
  if (ours.task === 'regression') {
    const apart = Array.from(ours.values, (value, row) => relative(value, predict[row]?.[0] as number));
    return { numbers: largest(apart), labels: 0 };
  }
  const labels = model.manifest.target.labels ?? [];
  const apart = Array.from(ours.probabilities ?? [], (value, i) =>
    relative(value, probabilities?.[Math.floor(i / labels.length)]?.[i % labels.length] as number),
  );
  const wrong = Array.from(ours.labels).filter((label, row) => labels[label] !== predict[row]?.[0]);
  return { numbers: largest(apart), labels: wrong.length };
}
