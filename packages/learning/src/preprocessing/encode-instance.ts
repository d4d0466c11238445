import type { ColumnKind } from '@bellwether/contracts';
import { levelOf, numberOf } from './cell-values.ts';
import { createSlotLookup, type FittedInput } from './encoding.ts';
import { layoutOf, type Placement } from './layout.ts';
import {
  fieldPath,
  refuseInstance,
  refuseLength,
  refuseMissingField,
  refuseUnknownField,
  refuseValue,
} from './refuse-instance.ts';
import { writeNumber, writeSlot } from './write-encoded.ts';

/**
 * Encodes one instance, the `index`-th of its request, into `out` from its start.
 * @throws Problem naming the field, as in `instances[3].carat`
 */
export type InstanceEncoder = (instance: unknown, index: number, out: Float64Array) => void;

/** Writes a value; false when the column does not take such a value. */
type CellWriter = (value: unknown, out: Float64Array) => boolean;

interface Cell {
  readonly input: number;
  readonly name: string;
  readonly kind: ColumnKind;
  readonly write: CellWriter;
}

const createCellWriter = ({ encoding, kind, offset }: Placement): CellWriter => {
  if (encoding.type === 'numeric') {
    const takesNumbers = kind !== 'boolean';
    return (value, out) => {
      const plain = takesNumbers && typeof value === 'number' && Number.isFinite(value);
      const number = plain ? value : numberOf(kind, value);
      if (number === undefined) return false;
      writeNumber(encoding, number, out, offset);
      return true;
    };
  }
  const slotOf = createSlotLookup(encoding);
  return (value, out) => {
    const level = levelOf(value);
    if (level === undefined) return false;
    writeSlot(encoding, level === null ? encoding.missingSlot : slotOf(level), out, offset);
    return true;
  };
};

const unknownField = (fields: object, known: ReadonlySet<string>): string | undefined => {
  for (const name in fields) if (!known.has(name)) return name;
  return undefined;
};

/**
 * Compiles the encoding of single instances. An instance is an array with one value per input column, in table order,
 * or an object by column name. `null` is a missing value; inputs that the model does not use may be left out of an
 * object and are ignored in an array. Nothing is allocated unless a value is refused.
 */
export const createInstanceEncoder = (inputs: readonly FittedInput[], target: string): InstanceEncoder => {
  const names = inputs.map(({ name }) => name);
  const known = new Set(names);
  const cells = layoutOf(inputs).placements.map(
    (placement): Cell => ({
      input: placement.input,
      name: placement.name,
      kind: placement.kind,
      write: createCellWriter(placement),
    }),
  );

  const encodeArray = (values: readonly unknown[], index: number, out: Float64Array): void => {
    if (values.length !== names.length) throw refuseLength(index, values.length, names);
    for (const { input, name, kind, write } of cells) {
      const value = values[input];
      if (!write(value, out)) throw refuseValue(`instances[${index}][${input}]`, name, kind, value);
    }
  };

  const encodeObject = (fields: Readonly<Record<string, unknown>>, index: number, out: Float64Array): void => {
    const unknown = unknownField(fields, known);
    if (unknown !== undefined) throw refuseUnknownField(index, unknown, target, names);
    for (const { name, kind, write } of cells) {
      // `hasOwn`, or a column named `constructor` would read what every object inherits
      const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (value === undefined) throw refuseMissingField(index, name);
      if (!write(value, out)) throw refuseValue(fieldPath(index, name), name, kind, value);
    }
  };

  return (instance, index, out) => {
    if (Array.isArray(instance)) encodeArray(instance, index, out);
    else if (typeof instance === 'object' && instance !== null) {
      encodeObject(instance as Readonly<Record<string, unknown>>, index, out);
    } else throw refuseInstance(index);
  };
};
