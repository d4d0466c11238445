import { type Frame, Problem } from '@bellwether/contracts';
import { columnOf } from '../frame-columns.ts';
import { numbersOf, slotsOf } from './column-values.ts';
import type { FittedInput } from './encoding.ts';
import { layoutOf, type Placement } from './layout.ts';
import { writeNumber, writeSlot } from './write-encoded.ts';

/** 2 GiB of float64: above it a table is refused instead of ending the process. */
const maxCells = 2 ** 28;

/** A dense row-major matrix. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

export interface FrameEncoder {
  /** columns of the matrix */
  readonly width: number;
  /** Encodes these rows of the frame into `out`, one after the other from its start. */
  readonly encode: (rows: Int32Array, out: Float64Array) => void;
}

type ColumnWriter = (rows: Int32Array, out: Float64Array) => void;

const createColumnWriter = (frame: Frame, placement: Placement, width: number): ColumnWriter => {
  const { encoding, offset } = placement;
  const column = columnOf(frame, placement.name);
  if (encoding.type === 'numeric') {
    const values = numbersOf(column, placement.kind);
    return (rows, out) => {
      for (let i = 0; i < rows.length; i++) {
        writeNumber(encoding, values[rows[i] as number] as number, out, i * width + offset);
      }
    };
  }
  const slots = slotsOf(column, encoding);
  return (rows, out) => {
    for (let i = 0; i < rows.length; i++) {
      writeSlot(encoding, slots[rows[i] as number] as number, out, i * width + offset);
    }
  };
};

/**
 * Prepares a frame for encoding, by the names of its columns; columns that the model does not know are ignored.
 * @throws Problem `column-missing`, `column-type-mismatch`
 */
export const createFrameEncoder = (inputs: readonly FittedInput[], frame: Frame): FrameEncoder => {
  const { placements, width } = layoutOf(inputs);
  const writers = placements.map((placement) => createColumnWriter(frame, placement, width));
  return {
    width,
    encode: (rows, out) => {
      for (const write of writers) write(rows, out);
    },
  };
};

/**
 * The design matrix of these rows.
 * @throws Problem `table-too-large` above 2^28 cells, `column-missing`, `column-type-mismatch`
 */
export const encodeRows = (inputs: readonly FittedInput[], frame: Frame, rows: Int32Array): Matrix => {
  const encoder = createFrameEncoder(inputs, frame);
  const cells = rows.length * encoder.width;
  if (cells > maxCells) {
    throw new Problem(
      422,
      'table-too-large',
      `${rows.length} rows of ${encoder.width} features do not fit in memory.`,
      {
        cure: 'Train on fewer rows, or leave out columns with many categories.',
      },
    );
  }
  const values = new Float64Array(cells);
  encoder.encode(rows, values);
  return { rows: rows.length, columns: encoder.width, values };
};
