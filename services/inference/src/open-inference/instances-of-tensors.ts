import type { LoadedVersion } from '../models/loaded-models.ts';
import type { Tensor } from './read-request.ts';
import { refuseTensor } from './refuse-tensor.ts';

type Inputs = LoadedVersion['inputs'];

/** Rows of one request, as many as `POST /v1/models/{name}/predictions` takes. */
export const maxRows = 10_000;

function refuseRows(rows: number): void {
  if (rows >= 1 && rows <= maxRows) return;
  throw refuseTensor(`The request has ${rows} rows.`, `Send 1 to ${maxRows} rows; predict more as a batch.`);
}

/** One tensor of two dimensions: its columns are the model's, all of the trained table or those that it uses. */
function rowsOfMatrix({ name, shape, values }: Tensor, inputs: Inputs): unknown[][] {
  const [rows = 0, columns = 0] = shape;
  refuseRows(rows);
  const used = inputs.flatMap((input, place) => (input.used ? [place] : []));
  if (columns !== inputs.length && columns !== used.length) {
    const names = inputs.filter((input) => input.used).map((input) => input.name);
    throw refuseTensor(
      `"${name}" has ${columns} columns, the model takes ${used.length}.`,
      `Send one column for each of: ${names.join(', ')}.`,
    );
  }
  const places = columns === inputs.length ? inputs.map((_, place) => place) : used;
  return Array.from({ length: rows }, (_, row) => {
    const instance: unknown[] = new Array(inputs.length).fill(null);
    for (const [i, place] of places.entries()) instance[place] = values[row * columns + i];
    return instance;
  });
}

function rowCountOf({ name, shape }: Tensor): number {
  const [rows = 0, ...others] = shape;
  if (others.every((size) => size === 1)) return rows;
  throw refuseTensor(`"${name}" has the shape [${shape.join(', ')}].`, 'Send a column as [rows] or [rows, 1].');
}

function tensorsByPlace(tensors: readonly Tensor[], inputs: Inputs): ReadonlyMap<number, Tensor> {
  const byPlace = new Map<number, Tensor>();
  for (const tensor of tensors) {
    const place = inputs.findIndex(({ name }) => name === tensor.name);
    if (place < 0 || byPlace.has(place)) {
      const says = place < 0 ? `The model has no input "${tensor.name}".` : `"${tensor.name}" is there twice.`;
      throw refuseTensor(says, `Send one tensor for each of: ${inputs.map(({ name }) => name).join(', ')}.`);
    }
    byPlace.set(place, tensor);
  }
  const missing = inputs.find((input, place) => input.used && !byPlace.has(place));
  if (missing !== undefined) {
    throw refuseTensor(`There is no tensor "${missing.name}", which the model uses.`, `Add "${missing.name}".`);
  }
  return byPlace;
}

/** Binary texts know no missing value: of a column that is no text, an empty one is. */
function valuesOf({ values, datatype }: Tensor, kind: Inputs[number]['kind']): readonly unknown[] {
  if (datatype !== 'BYTES' || kind === 'categorical' || kind === 'text') return values;
  return values.map((value) => (value === '' ? null : value));
}

function rowsOfColumns(tensors: readonly Tensor[], inputs: Inputs): unknown[][] {
  const byPlace = tensorsByPlace(tensors, inputs);
  const rows = rowCountOf(tensors[0] as Tensor);
  refuseRows(rows);
  const instances = Array.from({ length: rows }, (): unknown[] => new Array(inputs.length).fill(null));
  for (const [place, tensor] of byPlace) {
    if (rowCountOf(tensor) !== rows) {
      throw refuseTensor(
        `"${tensor.name}" has ${rowCountOf(tensor)} rows, "${tensors[0]?.name}" has ${rows}.`,
        'Send as many elements in each tensor.',
      );
    }
    const values = valuesOf(tensor, inputs[place]?.kind ?? 'numeric');
    for (let row = 0; row < rows; row++) (instances[row] as unknown[])[place] = values[row];
  }
  return instances;
}

/**
 * The rows of a request as the predictor takes them: from one tensor a column, found by name, or from a single one of
 * two dimensions, whatever it is called, with the columns in the order of the trained table.
 *
 * @throws Problem `tensor-refused`
 */
export function instancesOfTensors(tensors: readonly Tensor[], inputs: Inputs): readonly (readonly unknown[])[] {
  const [first] = tensors;
  const isColumn = inputs.some(({ name }) => name === first?.name);
  const isMatrix = tensors.length === 1 && first?.shape.length === 2 && !(isColumn && first.shape[1] === 1);
  return isMatrix ? rowsOfMatrix(first, inputs) : rowsOfColumns(tensors, inputs);
}
