import { readFile } from 'node:fs/promises';
import type { Frame } from '@bellwether/contracts';
import { extendTable, type NewColumn, type NewValues } from '@bellwether/datasets';
import {
  createIntervals,
  type Interval,
  loadModel,
  type Model,
  type Predictions,
  predictRows,
} from '@bellwether/learning';
import { encodeTable } from './encode-table.ts';
import type { PredictionTask } from './prediction-task.ts';
import { readPredicted } from './read-predicted.ts';

/**
 * Writes a stored table with its predictions. Runs in a child process, since it computes without a pause.
 *
 * @param onProgress fraction done, 0 to 1
 * @throws Problem `column-type-mismatch`, `model-invalid`
 */
export async function predictTable(
  task: PredictionTask,
  onProgress: (fraction: number) => void,
): Promise<{ rows: number }> {
  const model = await loadModel(await readFile(task.artifact));
  if (task.rows !== undefined) return await encodeTable(task, task.rows, model, onProgress);
  const predict =
    task.predicted === undefined
      ? (block: Frame) => predictRows(model, block, allRows(block))
      : readPredicted(await readFile(task.predicted, 'utf8'), model);
  const { inputs, predictionColumn, probabilities, interval } = task.columns;
  const intervalOf = interval && createIntervals(model.manifest, interval.coverage);
  return await extendTable(task.table, {
    output: task.output,
    folder: task.folder,
    inputs,
    added: [
      { name: predictionColumn, type: typeOfPredictions(model) },
      ...probabilities.map(({ column }) => numberColumn(column)),
      ...(interval === undefined ? [] : [interval.lower, interval.upper]).map(numberColumn),
    ],
    compute: (block) => {
      const predictions = predict(block);
      return [...valuesOf(predictions, model, probabilities.length), ...endsOf(predictions, intervalOf)];
    },
    onProgress,
  });
}

const allRows = ({ rows }: Frame): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);

const numberColumn = (name: string): NewColumn => ({ name, type: 'number' });

function endsOf(predictions: Predictions, intervalOf: ((value: number) => Interval) | undefined): NewValues[] {
  if (predictions.task !== 'regression' || intervalOf === undefined) return [];
  const { values } = predictions;
  const [lower, upper] = [new Float64Array(values.length), new Float64Array(values.length)];
  for (const [row, value] of values.entries()) {
    const ends = intervalOf(value);
    lower[row] = ends.lower;
    upper[row] = ends.upper;
  }
  return [lower, upper];
}

/** As the labels were uploaded: 1 comes back as 1, not as text. */
function typeOfPredictions({ manifest: { target } }: Model): NewColumn['type'] {
  if (target.labels === undefined) return 'number';
  if (target.labels.every((label) => Number.isSafeInteger(label))) return 'integer';
  if (target.labels.every((label) => typeof label === 'number')) return 'number';
  return target.labels.every((label) => typeof label === 'boolean') ? 'boolean' : 'text';
}

/** @param width how many labels have a column of probabilities: all or none */
function valuesOf(predictions: Predictions, { manifest }: Model, width: number): NewValues[] {
  if (predictions.task === 'regression') return [predictions.values];
  const { labels: names = [] } = manifest.target;
  const { labels, classes, probabilities = new Float64Array() } = predictions;
  const columns: NewValues[] = [Array.from(labels, (label) => names[label] ?? null)];
  for (let label = 0; label < width; label++) {
    columns.push(Float64Array.from(labels, (_, row) => probabilities[row * classes + label] as number));
  }
  return columns;
}
