import { draw, poisson, uniform } from './random';
import { rowCount, sampling, subsample } from './settings';

const ALL: i32 = 0;
const POISSON: i32 = 2;

function timesDrawn(row: i32, seed: u32, start: f64): i32 {
  const bits = draw(seed, <u32>row);
  if (sampling == POISSON) return poisson(bits, subsample, start);
  return uniform(bits) < subsample ? 1 : 0;
}

/**
 * Lists a tree's rows: first those in its sample, then the others, both rising.
 *
 * @param gradients pairs of all rows
 * @param into where to write them times the number of draws; 0 when a row is drawn once at most
 * @returns how many are in the sample
 */
export function listRows(list: usize, spare: usize, gradients: usize, into: usize, seed: u32): i32 {
  if (sampling == ALL) {
    for (let row = 0; row < rowCount; row++) store<u32>(list + (<usize>row << 2), row);
    return rowCount;
  }
  const start = Math.exp(-subsample);
  let drawn = 0;
  let others = 0;
  for (let row = 0; row < rowCount; row++) {
    const times = timesDrawn(row, seed, start);
    const taken = <i32>(times > 0);
    store<u32>(list + (<usize>drawn << 2), row);
    store<u32>(spare + (<usize>others << 2), row);
    drawn += taken;
    others += 1 - taken;
    if (into != 0) {
      const at = <usize>row << 3;
      store<f32>(into + at, load<f32>(gradients + at) * <f32>times);
      store<f32>(into + at, load<f32>(gradients + at, 4) * <f32>times, 4);
    }
  }
  memory.copy(list + (<usize>drawn << 2), spare, <usize>others << 2);
  return drawn;
}
