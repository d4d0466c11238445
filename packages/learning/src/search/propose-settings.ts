import { choiceDensity, type Density, parzenDensity } from './parzen.ts';
import type { RandomStream } from './random-stream.ts';
import type { Settings } from './sample-space.ts';
import type { SearchDimension, SearchSpace } from './search-space.ts';
import { fromUnit, resolution, type Setting, toUnit } from './unit-scale.ts';

/** Draws from the density of the good ones, of which the best is taken (Bergstra et al. 2011 take tens). */
const draws = 24;

/** The places of the settings on the dimension's scale; those that the dimension does not know are left out. */
const placesOf = (dimension: SearchDimension, name: string, trials: readonly Settings[]): number[] =>
  trials.flatMap((settings) => {
    const value = settings[name];
    if (dimension.kind === 'choice') {
      const index = dimension.values.indexOf(value as Setting);
      return index < 0 ? [] : [index];
    }
    return typeof value === 'number' && Number.isFinite(value) ? [toUnit(dimension, value)] : [];
  });

const densityOf = (dimension: SearchDimension, places: readonly number[]): Density<number> =>
  dimension.kind === 'choice'
    ? choiceDensity(places, dimension.values.length)
    : parzenDensity(places, resolution(dimension));

const proposeSetting = (
  dimension: SearchDimension,
  good: Density<number>,
  bad: Density<number>,
  random: RandomStream,
): Setting => {
  let best = 0;
  let bestGain = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < draws; i++) {
    const place = good.draw(random);
    const gain = good.logOf(place) - bad.logOf(place);
    if (gain > bestGain) {
      bestGain = gain;
      best = place;
    }
  }
  return dimension.kind === 'choice' ? (dimension.values[best] as Setting) : fromUnit(dimension, best);
};

/**
 * One step of the tree-structured Parzen estimator: for each dimension, of some draws from the density of good trials
 * the one whose ratio to the density of bad trials is largest, which has the largest expected improvement.
 *
 * J. Bergstra, R. Bardenet, Y. Bengio, B. Kégl: Algorithms for Hyper-Parameter Optimization. NeurIPS 2011.
 */
export const proposeSettings = (
  space: SearchSpace,
  good: readonly Settings[],
  bad: readonly Settings[],
  random: RandomStream,
): Settings =>
  Object.fromEntries(
    Object.entries(space).map(([name, dimension]) => {
      const likes = densityOf(dimension, placesOf(dimension, name, good));
      const dislikes = densityOf(dimension, placesOf(dimension, name, bad));
      return [name, proposeSetting(dimension, likes, dislikes, random)];
    }),
  );
