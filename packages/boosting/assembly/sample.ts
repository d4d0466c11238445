import { shareStart } from './cells';
import { placeShares } from './place-shares';
import { draw, poisson, uniform } from './random';
import { leftLists, rightLists, rowCount, sampling, subsample, thread, threads } from './settings';

const ALL: i32 = 0;
const POISSON: i32 = 2;

function timesDrawn(row: i32, seed: u32, start: f64): i32 {
  const bits = draw(seed, <u32>row);
  if (sampling == POISSON) return poisson(bits, subsample, start);
  return uniform(bits) < subsample ? 1 : 0;
}

/**
 * Lists rows `first` to `last` - 1: those in the tree's sample, and the others, both rising.
 *
 * @param drawn where to write the former; may be the place of the list itself
 * @param others where to write the latter
 * @param gradients pairs of all rows
 * @param into where to write them times the number of draws; 0 when a row is drawn once at most
 * @returns how many are in the sample
 */
function sampleRows(first: i32, last: i32, drawn: usize, others: usize, gradients: usize, into: usize, seed: u32): i32 {
  const start = Math.exp(-subsample);
  const begin = drawn;
  for (let row = first; row < last; row++) {
    const times = timesDrawn(row, seed, start);
    const taken = <usize>(times > 0);
    store<u32>(drawn, row);
    store<u32>(others, row);
    drawn += taken << 2;
    others += (1 - taken) << 2;
    if (into != 0) {
      const at = <usize>row << 3;
      store<f32>(into + at, load<f32>(gradients + at) * <f32>times);
      store<f32>(into + at, load<f32>(gradients + at, 4) * <f32>times, 4);
    }
  }
  return <i32>((drawn - begin) >> 2);
}

function listAll(list: usize, first: i32, last: i32): void {
  for (let row = first; row < last; row++) store<u32>(list + (<usize>row << 2), row);
}

/**
 * Lists a tree's rows: first those in its sample, then the others, both rising. By one thread.
 *
 * @param spare room for the others
 * @param gradients, into as of `sampleRows`
 * @returns how many are in the sample
 */
export function listRows(list: usize, spare: usize, gradients: usize, into: usize, seed: u32): i32 {
  if (sampling == ALL) {
    listAll(list, 0, rowCount);
    return rowCount;
  }
  const drawn = sampleRows(0, rowCount, list, spare, gradients, into, seed);
  memory.copy(list + (<usize>drawn << 2), spare, <usize>(rowCount - drawn) << 2);
  return drawn;
}

/** The same for the tree that all threads grow, by all of them; a barrier later it is done. */
export function listTogether(list: usize, spare: usize, seed: u32): i32 {
  if (threads == 1) return listRows(list, spare, 0, 0, seed);
  const first = shareStart(rowCount, thread);
  const last = shareStart(rowCount, thread + 1);
  if (sampling == ALL) {
    listAll(list, first, last);
    return rowCount;
  }
  const at = <usize>first << 2;
  return placeShares(0, rowCount, sampleRows(first, last, leftLists + at, rightLists + at, 0, 0, seed));
}
