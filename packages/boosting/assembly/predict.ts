// A node is 16 bytes: f32 condition, i32 byte offset of the feature in a row, i32 byte offset of the left child (the
// right one follows it), i32 whether missing goes right. A leaf leads to itself: its condition is infinite.

/** One step down from the node at byte offset `node`. */
@inline
function step(nodes: usize, node: usize, row: usize): usize {
  const at = nodes + node;
  const value = load<f32>(row + <usize>load<i32>(at, 4));
  const isNotBelow = <i32>!(value < load<f32>(at));
  const isMissing = <i32>(value != value);
  // Without a branch, which would be guessed wrong half of the time.
  const right = isNotBelow & (load<i32>(at, 12) | (isMissing ^ 1));
  return <usize>load<i32>(at, 8) + (<usize>right << 4);
}

@inline
function addLeaf(sum: usize, leaves: usize, node: usize): void {
  store<f32>(sum, load<f32>(sum) + load<f32>(leaves + (node >> 2)));
}

/**
 * Adds trees, one after the other, to the sums of a block of rows; eight rows at a time, whose waits overlap.
 *
 * @param leaves f32 a node: what it adds
 * @param trees i32 triples: byte offset of the root, levels below it, byte offset of the sum in a row's sums
 * @param rowBytes from one row to the next
 * @param sumBytes from one row's sums to the next
 */
export function addTrees(
  nodes: usize, leaves: usize, trees: usize, treeCount: i32, rows: usize, rowBytes: usize, count: i32, sums: usize,
  sumBytes: usize,
): void {
  for (let t = 0; t < treeCount; t++) {
    const tree = trees + <usize>t * 12;
    const root = <usize>load<i32>(tree);
    const depth = load<i32>(tree, 4);
    let sum = sums + <usize>load<i32>(tree, 8);
    let row = rows;
    let done = 0;
    for (; done + 8 <= count; done += 8) {
      let a = root, b = root, c = root, d = root, e = root, f = root, g = root, h = root;
      const row1 = row + rowBytes, row2 = row1 + rowBytes, row3 = row2 + rowBytes, row4 = row3 + rowBytes;
      const row5 = row4 + rowBytes, row6 = row5 + rowBytes, row7 = row6 + rowBytes;
      for (let level = 0; level < depth; level++) {
        a = step(nodes, a, row);
        b = step(nodes, b, row1);
        c = step(nodes, c, row2);
        d = step(nodes, d, row3);
        e = step(nodes, e, row4);
        f = step(nodes, f, row5);
        g = step(nodes, g, row6);
        h = step(nodes, h, row7);
      }
      addLeaf(sum, leaves, a);
      addLeaf(sum += sumBytes, leaves, b);
      addLeaf(sum += sumBytes, leaves, c);
      addLeaf(sum += sumBytes, leaves, d);
      addLeaf(sum += sumBytes, leaves, e);
      addLeaf(sum += sumBytes, leaves, f);
      addLeaf(sum += sumBytes, leaves, g);
      addLeaf(sum += sumBytes, leaves, h);
      sum += sumBytes;
      row = row7 + rowBytes;
    }
    for (; done < count; done++) {
      let node = root;
      for (let level = 0; level < depth; level++) node = step(nodes, node, row);
      addLeaf(sum, leaves, node);
      row += rowBytes;
      sum += sumBytes;
    }
  }
}
