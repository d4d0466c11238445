import type { FeatureCuts } from './find-cuts.ts';

/** A feature as the kernel knows it. */
export interface BinnedFeature {
  /** its column in the rows as given */
  readonly column: number;
  readonly cuts: Float32Array;
  /** bins of values */
  readonly bins: number;
  /** the bin of missing values; undefined when there are none */
  readonly missingBin?: number;
}

/** The features that can be split at all, those of many bins first. */
export interface BinPlan {
  readonly features: readonly BinnedFeature[];
  /** how many come first because they have more bins than a narrow feature's cells */
  readonly wide: number;
}

/** The largest float32: what lies beyond would be infinite. */
export const largestFloat = 3.4028234663852886e38;

const narrowCells = 16;
const wideCells = 256;

const cellsOf = ({ cuts, hasMissing }: FeatureCuts): number => cuts.length + 1 + (hasMissing ? 1 : 0);

/**
 * Orders features as the kernel wants them, and leaves out those with nothing to divide. Most columns of one-hot
 * encoded tables have two values: they take a sixteenth of a histogram's memory.
 */
export const planBins = (found: readonly FeatureCuts[]): BinPlan => {
  const usable = found.flatMap((cuts, column) =>
    cellsOf(cuts) > 1 ? [{ ...cuts, column, cells: cellsOf(cuts) }] : [],
  );
  const isWide = ({ cells }: { cells: number }) => cells > narrowCells;
  const ordered = [...usable.filter(isWide), ...usable.filter((feature) => !isWide(feature))];
  const features = ordered.map(({ column, cuts, hasMissing, cells }) => ({
    column,
    cuts,
    bins: cuts.length + 1,
    ...(hasMissing ? { missingBin: (cells > narrowCells ? wideCells : narrowCells) - 1 } : {}),
  }));
  return { features, wide: usable.filter(isWide).length };
};

/** What a split after that bin compares a value with: x < threshold goes left. */
export const thresholdAfter = ({ cuts }: BinnedFeature, bin: number): number => cuts[bin] ?? largestFloat;
