import { Problem } from '@bellwether/contracts';

/** What decides how much memory a training needs. */
export interface TrainingSize {
  readonly rows: number;
  readonly validationRows: number;
  /** of the rows as given */
  readonly columns: number;
  readonly features: number;
  readonly wideFeatures: number;
  readonly groups: number;
  readonly threads: number;
  readonly maxDepth: number;
  /** whether each thread grows trees of its own */
  readonly apart: boolean;
  /** whether a row can be more than once in a tree's sample */
  readonly repeats: boolean;
  readonly weighted: boolean;
  /** nodes of more rows have a histogram */
  readonly searchableRows: number;
}

/** Addresses, by the names of the kernel's settings. */
export interface MemoryPlan {
  readonly bytes: number;
  readonly addresses: Readonly<Record<MemoryPart, number>>;
  readonly nodeCapacity: number;
  readonly histogramBytes: number;
  readonly sharedHistograms: number;
  /** bytes from one thread's part to the next one's */
  readonly ownHistogramBytes: number;
  readonly scratchBytes: number;
  /** rows that are binned at a time */
  readonly stageRows: number;
}

type MemoryPart =
  | 'binsByRow'
  | 'binsByColumn'
  | 'valueBins'
  | 'featureColumns'
  | 'cutTable'
  | 'stage'
  | 'treeFeatures'
  | 'directions'
  | 'targets'
  | 'weights'
  | 'scores'
  | 'gradients'
  | 'quantiles'
  | 'partialSums'
  | 'rowLists'
  | 'leftLists'
  | 'rightLists'
  | 'sampleGradients'
  | 'nodes'
  | 'histograms'
  | 'ownHistograms'
  | 'scratch'
  | 'splitRecords';

const cellBytes = 16;
const nodeBytes = 96;
const blockRows = 64;
const fewRows = 256;
export const pageBytes = 65_536;

/** Where the settings are written for other threads: in the first page, behind the kernel's own words. */
export const settingsAt = 32_768;

/** Of nodes that all threads grow together; when they do not suffice, one thread grows a node that others wait for. */
const sharedHistogramBudget = 256 * 2 ** 20;

/** Of rows that are copied to be binned: they stay in a core's cache. */
const stageBudget = 2 ** 19;

/** All that 32 bits address, less a page. */
const addressableBytes = 2 ** 32 - pageBytes;
const mostPages = addressableBytes / pageBytes;

const padded = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/** A subtree keeps one histogram for each halving of its rows, and never more than its depth. */
const ownHistogramCount = ({ rows, maxDepth, searchableRows }: TrainingSize): number =>
  Math.min(maxDepth, Math.max(0, Math.ceil(Math.log2(rows / searchableRows))) + 1) + 1;

const sharedHistogramCount = ({ threads, apart }: TrainingSize, histogramBytes: number): number =>
  threads === 1 || apart ? 0 : Math.min(2 * threads + 2, Math.floor(sharedHistogramBudget / histogramBytes));

const scratchBytesOf = ({ features, searchableRows }: TrainingSize): number => {
  const block = blockRows * (cellBytes + padded(features));
  const pairs = Math.max(fewRows, searchableRows) * cellBytes;
  const fixed = 256 * cellBytes + 32 + padded(features) + padded(4 * features) + 4 * fewRows;
  return Math.ceil((fixed + Math.max(block, pairs)) / 64 + 1) * 64;
};

/** Every split has rows on both sides, and no tree more levels than asked for. */
export const nodeCapacityOf = (rows: number, maxDepth: number): number =>
  Math.min(2 * rows - 1, maxDepth < 31 ? 2 ** (maxDepth + 1) - 1 : Number.POSITIVE_INFINITY);

/**
 * Lays out the memory of a training.
 * @throws Problem `table-too-large` when it does not fit into what 32 bits address
 */
export const planMemory = (size: TrainingSize): MemoryPlan => {
  const { rows, features, wideFeatures, groups, threads, apart } = size;
  const allRows = rows + size.validationRows;
  const sets = apart ? threads : 1;
  const histogramBytes = cellBytes * (256 * wideFeatures + 16 * (features - wideFeatures));
  const ownHistogramBytes = ownHistogramCount(size) * histogramBytes;
  const sharedHistograms = sharedHistogramCount(size, histogramBytes);
  const nodeCapacity = nodeCapacityOf(rows, size.maxDepth);
  const scratchBytes = scratchBytesOf(size);
  const lists = 4 * rows * sets;
  const stageRows = Math.max(1, Math.min(allRows, Math.floor(stageBudget / (4 * size.columns))));
  const parts: Record<MemoryPart, number> = {
    // read 16 bytes at a time, beyond the last row too
    binsByRow: allRows * features + 16,
    binsByColumn: rows * features,
    valueBins: 4 * features,
    featureColumns: 4 * features,
    cutTable: histogramBytes / 4,
    stage: 4 * stageRows * size.columns,
    treeFeatures: sets * padded(features),
    directions: features,
    targets: 4 * rows,
    weights: size.weighted ? 4 * rows : 0,
    scores: 4 * allRows * groups,
    gradients: 8 * rows * groups,
    quantiles: 4 * groups,
    partialSums: cellBytes * Math.ceil(rows / 4096 + 1),
    // dividing writes one entry further than it needs
    rowLists: lists + 16,
    leftLists: threads > 1 && !apart ? lists + 16 : 0,
    rightLists: lists + 16,
    sampleGradients: size.repeats ? 8 * rows * sets : 0,
    nodes: sets * nodeCapacity * nodeBytes,
    histograms: sharedHistograms * histogramBytes,
    ownHistograms: threads * ownHistogramBytes,
    scratch: threads * scratchBytes,
    splitRecords: 128 * threads,
  };
  const addresses = {} as Record<MemoryPart, number>;
  let bytes = pageBytes;
  for (const [name, length] of Object.entries(parts) as [MemoryPart, number][]) {
    addresses[name] = bytes;
    bytes += Math.ceil(length / 128) * 128;
  }
  if (bytes > addressableBytes) {
    throw tooLarge(
      `${rows} rows of ${features} features take ${bytes} bytes, 4 GiB at most.`,
      'Train on fewer rows, columns or classes, or with trees of less depth.',
    );
  }
  return {
    bytes,
    addresses,
    nodeCapacity,
    histogramBytes,
    sharedHistograms,
    ownHistogramBytes,
    scratchBytes,
    stageRows,
  };
};

const tooLarge = (detail: string, cure: string): Problem => new Problem(422, 'table-too-large', detail, { cure });

const noRoom = (bytes: number): Problem =>
  tooLarge(`There are no ${bytes} bytes of memory to train in.`, 'Train on fewer rows, columns or classes.');

/**
 * Shared memory of that size, all zeros.
 * @throws Problem `table-too-large`
 */
export const allocate = (bytes: number): WebAssembly.Memory => {
  const pages = Math.ceil(bytes / pageBytes);
  return create(pages, pages, bytes);
};

/**
 * Shared memory of one page, for `growTo`.
 * @throws Problem `table-too-large`
 */
export const allocatePage = (): WebAssembly.Memory => create(1, mostPages, pageBytes);

const create = (initial: number, maximum: number, bytes: number): WebAssembly.Memory => {
  try {
    return new WebAssembly.Memory({ initial, maximum, shared: true });
  } catch {
    throw noRoom(bytes);
  }
};

/**
 * Makes the memory at least so large; what is new is zero. Views of it from before do not see what is new.
 * @throws Problem `table-too-large`
 */
export const growTo = (memory: WebAssembly.Memory, bytes: number): void => {
  const pages = Math.ceil((bytes - memory.buffer.byteLength) / pageBytes);
  if (pages <= 0) return;
  try {
    memory.grow(pages);
  } catch {
    throw noRoom(bytes);
  }
};
