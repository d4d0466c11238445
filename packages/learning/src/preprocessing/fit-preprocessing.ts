import type { Column, Frame } from '@bellwether/contracts';
import { columnOf } from '../frame-columns.ts';
import type { Encoding, FittedInput } from './encoding.ts';
import { fitCategorical } from './fit-categorical.ts';
import { fitNumeric } from './fit-numeric.ts';
import type { Preparation } from './preparation.ts';

export interface PreprocessingOptions {
  readonly frame: Frame;
  /** all columns but the target, in table order; those that are not used may be absent from the frame */
  readonly inputs: readonly Column[];
  /** the rows to learn from: no other row has any influence */
  readonly rows: Int32Array;
  readonly preparation: Preparation;
  /** the target of each of `rows`, where it has an order: a number, or the index of one of two classes */
  readonly y?: Float64Array;
  /** whether timestamps are inputs, as milliseconds since the epoch; true unless given */
  readonly useTimestamps?: boolean;
}

/**
 * Fits an encoding to each input that can be used. The result is plain JSON.
 * @throws Problem `column-missing`, `column-type-mismatch`
 */
export const fitPreprocessing = (options: PreprocessingOptions): FittedInput[] => {
  const { frame, rows, preparation } = options;
  return options.inputs.map(({ name, kind }): FittedInput => {
    if (kind === 'text' || kind === 'id-like') return { name, kind, used: false, unusedBecause: kind };
    if (kind === 'timestamp' && options.useTimestamps === false) {
      return { name, kind, used: false, unusedBecause: kind };
    }
    const column = columnOf(frame, name);
    const encoding: Encoding | undefined =
      kind === 'categorical'
        ? fitCategorical(column, rows, preparation, options.y)
        : fitNumeric(column, kind, rows, preparation);
    if (encoding === undefined) return { name, kind, used: false, unusedBecause: 'all-missing' };
    return { name, kind, used: true, encoding };
  });
};
