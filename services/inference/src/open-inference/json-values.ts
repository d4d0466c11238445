import type { Datatype } from '@bellwether/contracts';
import { refuseTensor } from './refuse-tensor.ts';

const isNumber = (value: unknown): boolean => typeof value === 'number';

/** What stands for an element in JSON. `null` is a missing value, which the protocol has no word for. */
const accepts: Readonly<Record<Datatype, (value: unknown) => boolean>> = {
  BOOL: (value) => typeof value === 'boolean' || value === 0 || value === 1,
  BYTES: (value) => typeof value === 'string',
  UINT8: Number.isInteger,
  UINT16: Number.isInteger,
  UINT32: Number.isInteger,
  UINT64: Number.isInteger,
  INT8: Number.isInteger,
  INT16: Number.isInteger,
  INT32: Number.isInteger,
  INT64: Number.isInteger,
  FP16: isNumber,
  BF16: isNumber,
  FP32: isNumber,
  FP64: isNumber,
};

/**
 * The elements of a tensor from JSON, whose arrays are nested as the shape says or flat.
 *
 * @throws Problem `tensor-refused` when they are more or fewer than `count`, or not of the datatype
 */
export function readJsonValues(
  data: readonly unknown[],
  { name, datatype, count }: { readonly name: string; readonly datatype: Datatype; readonly count: number },
): readonly unknown[] {
  const values = data.some(Array.isArray) ? data.flat(8) : data;
  if (values.length !== count) {
    throw refuseTensor(
      `"${name}" has ${values.length} elements, and its shape says ${count}.`,
      'Let shape and data agree.',
    );
  }
  const isElement = accepts[datatype];
  const wrong = values.findIndex((value) => value !== null && !isElement(value));
  if (wrong >= 0) {
    throw refuseTensor(`Element ${wrong} of "${name}" is not ${datatype}.`, 'Send elements of the datatype.');
  }
  if (datatype !== 'BOOL') return values;
  return values.map((value) => (typeof value === 'number' ? value === 1 : value));
}
