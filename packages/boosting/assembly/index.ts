export * from './settings';
export { command, muster, serve, GROWN, TREE_GROUPS, TREE_SEEDS } from './orders';
export {
  JOINED, NODE_COUNT, ORDER_GROUP, ORDER_SEED, SETTINGS_BYTES, STAGED_ROWS, STAGE_BEGIN, STAGE_TRAINS,
} from './cells';
export { COUNTS_BYTES, findCuts } from './find-cuts';
export { targetQuantile } from './quantile';
export {
  BEGIN, BIN, DEFAULT_LEFT, END, FEATURE, GAIN, GRADIENT, HESSIAN, LEFT, NODE_BYTES, VALUE, WEIGHT,
} from './node';
export { BLOCK_ROWS, CELLS_BYTES, FEW_ROWS } from './scratch';
export { addTrees } from './predict';
// For their tests.
export { cellsOffset, fillHistogram, subtractHistogram } from './histogram';
export { divideRows } from './partition';
export { poisson } from './random';
export { computeGradients } from './objectives';
