import { barrier, shareStart } from './cells';
import { leftLists, rightLists, splitRecords, thread, threads } from './settings';
import { rows } from './tree-context';

/** Where a thread's count lies: in a part of its split record that nothing else uses. */
@inline
function countOf(peer: i32): usize {
  return splitRecords + (<usize>peer << 6) + 48;
}

/**
 * Puts together what each thread has divided: it copies its share of `left` rows from `leftLists` and the others from
 * `rightLists` to where they belong in the tree's list. To be called by all threads, and a barrier later it is done.
 *
 * @param begin of `count` rows in the list, of which each thread had a share
 * @returns how many go left in all
 */
export function placeShares(begin: i32, count: i32, left: i32): i32 {
  store<i32>(countOf(thread), left);
  barrier();
  let all = 0;
  let before = 0;
  for (let peer = 0; peer < threads; peer++) {
    const theirs = load<i32>(countOf(peer));
    all += theirs;
    if (peer < thread) before += theirs;
  }
  const from = shareStart(count, thread);
  const share = shareStart(count, thread + 1) - from;
  const at = <usize>(begin + from) << 2;
  memory.copy(rows + (<usize>(begin + before) << 2), leftLists + at, <usize>left << 2);
  memory.copy(rows + (<usize>(begin + all + from - before) << 2), rightLists + at, <usize>(share - left) << 2);
  return all;
}
