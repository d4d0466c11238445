// Globals of an instance, so each thread has its own copy: `configure` in src/kernel sets all of them, by name, before
// anything else is called. Addresses are bytes in the memory that all threads share.

/** Threads that take part in the present order. */
export let threads: i32 = 1;
/** This thread, 0 for the one that gives the orders; the others are numbered as they come. */
export let thread: i32 = 0;

export function takeSeat(seat: i32): void {
  thread = seat;
}

export function setThreads(count: i32): void {
  threads = count;
}

/** Rows to learn from. */
export let rowCount: i32 = 0;
/** Rows with bins and scores: those to learn from, then those to validate on. */
export let allRows: i32 = 0;
export let features: i32 = 0;
/** Features 0 to `wideFeatures` - 1 have 256 cells in a histogram, the others 16. The last cell is for missing. */
export let wideFeatures: i32 = 0;
/** Scores of a row: classes, quantiles or 1. */
export let groups: i32 = 1;

/** Columns of the rows as given; i32 a feature: its column there. */
export let columns: i32 = 0;
export let featureColumns: usize = 0;
/** f32, 256 or 16 a feature as in a histogram: its cuts, filled up with NaN. */
export let cutTable: usize = 0;
/** f32, `columns` a row: rows as given, some at a time. */
export let stage: usize = 0;

/** u8, `features` a row. */
export let binsByRow: usize = 0;
/** u8, `rowCount` a feature. */
export let binsByColumn: usize = 0;
/** i32 a feature: cells that values (not missing) use. */
export let valueBins: usize = 0;
/** u8 a feature: whether the present tree may use it. */
export let treeFeatures: usize = 0;
/** i8 a feature: -1 falling, 0 free, 1 rising. */
export let directions: usize = 0;

/** f32 a row: the target. */
export let targets: usize = 0;
/** f32 a row, or 0 for all ones. */
export let weights: usize = 0;
/** f32, `allRows` a group. */
export let scores: usize = 0;
/** f32 pairs (gradient, hessian), `rowCount` a group. */
export let gradients: usize = 0;
/** f32 a group: the quantile; of an absolute error the median. */
export let quantiles: usize = 0;

/** f64 pairs, one a chunk of rows. */
export let partialSums: usize = 0;
/** u32, `rowCount`, and two more of that length; trees that grow side by side have one set a thread. */
export let rowLists: usize = 0;
export let leftLists: usize = 0;
export let rightLists: usize = 0;
/** f32 pairs, one set a thread: gradients times how often the row is in the tree's sample. */
export let sampleGradients: usize = 0;

/** Node records; trees that grow side by side have one set a thread. */
export let nodes: usize = 0;
/** Records in a set. */
export let nodeCapacity: i32 = 0;
/** Histograms that threads fill together; `sharedHistograms` of them. */
export let histograms: usize = 0;
export let sharedHistograms: i32 = 0;
/** Bytes of one histogram. */
export let histogramBytes: usize = 0;
/** Histograms of each thread's own, as many as the growth of a subtree can need, and the bytes of one thread's. */
export let ownHistograms: usize = 0;
export let ownHistogramBytes: usize = 0;
/** Scratch memory of each thread (see scratch.ts) and the bytes of one thread's. */
export let scratch: usize = 0;
export let scratchBytes: usize = 0;
/** Rows of the largest node that is searched without a histogram. */
export let searchableRows: i32 = 0;
/** One split record a thread. */
export let splitRecords: usize = 0;

export let objective: i32 = 0;
export let learningRate: f64 = 0.3;
export let maxDepth: i32 = 6;
export let minChildWeight: f64 = 1;
export let lambda: f64 = 1;
export let alpha: f64 = 0;
export let gamma: f64 = 0;
/** 0: no limit. */
export let maxDeltaStep: f64 = 0;
export let scalePositive: f32 = 1;
export let tweediePower: f32 = 1.5;
/** Features that a node may look at; `features` when there is no sampling by node. */
export let columnsPerNode: i32 = 0;
/** 0: all rows, 1: each row with probability `subsample`, 2: each row Poisson(`subsample`) times. */
export let sampling: i32 = 0;
export let subsample: f64 = 1;
/** Whether any feature has a direction. */
export let constrained: i32 = 0;
