/**
 * One progress for several fits, each weighing as much as it has rows: a fit of ten thousand lasts longer than one of a
 * hundred.
 *
 * @param fits the rows of each fit, in the order in which they are made
 * @param onProgress takes the fraction of them all, 0 to 1
 */
export function progressOfFits(fits: readonly { readonly length: number }[], onProgress: (fraction: number) => void) {
  const total = Math.max(
    1,
    fits.reduce((sum, { length }) => sum + length, 0),
  );
  let done = 0;
  let index = 0;
  return {
    /** What the next fit reports to. */
    next(): (fraction: number) => void {
      const before = done;
      const weight = fits[index++]?.length ?? 0;
      done += weight;
      return (fraction) => onProgress(Math.min(1, (before + fraction * weight) / total));
    },
  };
}
