import { binsByColumn, rowCount } from './settings';

/**
 * Divides a list of rows by a split, keeping their order on both sides.
 *
 * @param leftMissing the bin of missing values if they go left, else one that does not occur
 * @param lefts where rows of the left side are written; may be `rows` itself
 * @param rights where those of the right side are written; room for `count` on both
 * @returns how many go left
 */
export function divideRows(
  rows: usize, count: i32, feature: i32, bin: i32, leftMissing: i32, lefts: usize, rights: usize,
): i32 {
  const column = binsByColumn + <usize>feature * <usize>rowCount;
  const first = lefts;
  for (const end = rows + (<usize>count << 2); rows < end; rows += 4) {
    const row = load<u32>(rows);
    const value = <i32>load<u8>(column + <usize>row);
    const left = <i32>(value <= bin) | <i32>(value == leftMissing);
    // Without a branch, which would be guessed wrong half of the time.
    store<u32>(lefts, row);
    store<u32>(rights, row);
    lefts += <usize>left << 2;
    rights += <usize>(1 - left) << 2;
  }
  return <i32>((lefts - first) >> 2);
}
