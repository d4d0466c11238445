import { kernelConstant } from '../kernel/kernel.ts';
import { orders } from '../kernel/orders.ts';
import type { MemoryPlan } from '../kernel/plan-memory.ts';
import type { Team } from '../kernel/team.ts';
import type { Rows } from '../matrix.ts';
import type { BinPlan } from './plan-bins.ts';

const wideCuts = 256;
const narrowCuts = 16;

/** What the kernel has to know of the features before it can bin: their columns, cuts and numbers of bins. */
export const writeFeatures = (
  memory: WebAssembly.Memory,
  { addresses }: MemoryPlan,
  { features, wide }: BinPlan,
): void => {
  const { buffer } = memory;
  const cells = (feature: number) => narrowCuts * feature + (wideCuts - narrowCuts) * Math.min(feature, wide);
  const table = new Float32Array(buffer, addresses.cutTable, cells(features.length)).fill(Number.NaN);
  for (const [feature, { cuts }] of features.entries()) table.set(cuts, cells(feature));
  new Int32Array(buffer, addresses.featureColumns, features.length).set(features.map(({ column }) => column));
  new Int32Array(buffer, addresses.valueBins, features.length).set(features.map(({ bins }) => bins));
};

/**
 * Writes the bin of each value, by all threads that are there: some rows at a time are copied to where they see them.
 *
 * @param begin number of the first row in the kernel's memory
 * @param trains whether the rows are learned from, and have their bins by column too
 */
export const writeBins = (
  { kernel, memory }: Team,
  { addresses, stageRows }: MemoryPlan,
  { values, rows, columns }: Rows,
  begin: number,
  trains: boolean,
): void => {
  const stage = new Float32Array(memory.buffer, addresses.stage, stageRows * columns);
  const view = new DataView(memory.buffer);
  const rowsCell = kernelConstant(kernel, 'STAGED_ROWS');
  const beginCell = kernelConstant(kernel, 'STAGE_BEGIN');
  view.setInt32(kernelConstant(kernel, 'STAGE_TRAINS'), trains ? 1 : 0, true);
  for (let row = 0; row < rows; row += stageRows) {
    const count = Math.min(stageRows, rows - row);
    stage.set(values.subarray(row * columns, (row + count) * columns));
    view.setInt32(rowsCell, count, true);
    view.setInt32(beginCell, begin + row, true);
    kernel.muster();
    kernel.command(orders.bin);
  }
};
