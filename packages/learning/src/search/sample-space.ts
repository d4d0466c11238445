import type { RandomStream } from './random-stream.ts';
import type { SearchDimension, SearchSpace } from './search-space.ts';
import { fromUnit, type Setting } from './unit-scale.ts';

/** Hyperparameters by name, one setting for each dimension of the space. */
export type Settings = Readonly<Record<string, Setting>>;

const drawSetting = (dimension: SearchDimension, random: RandomStream): Setting => {
  const unit = random();
  if (dimension.kind !== 'choice') return fromUnit(dimension, unit);
  return dimension.values[Math.floor(unit * dimension.values.length)] as Setting;
};

/** Draws each dimension evenly over its scale. */
export const sampleSpace = (space: SearchSpace, random: RandomStream): Settings =>
  Object.fromEntries(Object.entries(space).map(([name, dimension]) => [name, drawSetting(dimension, random)]));
