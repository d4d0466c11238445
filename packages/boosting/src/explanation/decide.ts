import type { Tree } from '../model/booster.ts';

/** Whether a float32 goes left at a node of a tree. */
export const createDecider = ({
  condition,
  defaultLeft,
  categories,
}: Tree): ((node: number, value: number) => boolean) => {
  const sets = new Map(Array.from(categories ?? [], ([node, right]) => [node, new Set(right)]));
  return (node, value) => {
    if (Number.isNaN(value)) return defaultLeft[node] === 1;
    const right = sets.get(node);
    return right === undefined ? value < (condition[node] as number) : !right.has(Math.trunc(value));
  };
};
