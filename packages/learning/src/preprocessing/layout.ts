import { type Encoding, type FittedInput, widthOf } from './encoding.ts';

/** A used input and the first matrix column that it writes. */
export interface Placement {
  /** place among all inputs, used or not */
  readonly input: number;
  readonly name: string;
  readonly kind: FittedInput['kind'];
  readonly encoding: Encoding;
  readonly offset: number;
}

/** Where each used input goes in a row of the design matrix, in table order. */
export interface Layout {
  readonly placements: readonly Placement[];
  /** columns of the design matrix */
  readonly width: number;
}

export const layoutOf = (inputs: readonly FittedInput[]): Layout => {
  const placements: Placement[] = [];
  let width = 0;
  for (const [input, { name, kind, encoding }] of inputs.entries()) {
    if (encoding === undefined) continue;
    placements.push({ input, name, kind, encoding, offset: width });
    width += widthOf(encoding);
  }
  return { placements, width };
};

const namesOf = ({ name, encoding }: Placement): string[] => {
  if (encoding.type === 'numeric') return encoding.indicator ? [name, `${name} is missing`] : [name];
  if (encoding.type === 'ordinal') return [name];
  const extra = [...Array(encoding.slots - encoding.levels.length).keys()].map((index) => {
    const slot = encoding.levels.length + index;
    return slot === encoding.missingSlot && slot !== encoding.unseenSlot ? `${name} is missing` : `${name} is other`;
  });
  return [...encoding.levels.map((level) => `${name} = ${level}`), ...extra];
};

/** A name for each column of the design matrix, for people: `carat`, `cut = Ideal`, `depth is missing`. */
export const featureNames = (inputs: readonly FittedInput[]): string[] => layoutOf(inputs).placements.flatMap(namesOf);
