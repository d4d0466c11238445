import { columns } from '../report/columns.ts';
import { count, decimals } from '../report/figures.ts';
import { median } from '../statistics/statistics.ts';
import { takeTurns } from '../take-turns.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type Contestant, type Fit, fitInChild } from './fit-in-child.ts';
import { writeTable } from './write-table.ts';

const tableRows = [10_000, 30_000, 100_000, 300_000, 1_000_000, 4_000_000];
const tableColumns = 10;
const threads = 2;

const middle = (fits: readonly Fit[], of: (fit: Fit) => number): number => median(fits.map(of));

/** Seconds, and what a million rows would take at that rate: the latter is the same in each line if cost is linear. */
const cellsOf = (fits: readonly Fit[], rows: number): string[] => {
  const seconds = middle(fits, (fit) => fit.seconds);
  const added = middle(fits, (fit) => fit.added);
  return [decimals(seconds), decimals((seconds * 1e6) / rows), count(added), count((added * 1e6) / rows)];
};

/**
 * How time and memory grow with the rows of a table: ours and the peer's.
 *
 * @param rounds fits of each table
 * @throws BenchmarkFailure `peer-failed`
 */
export async function measureGrowth(
  ours: Contestant,
  peer: Contestant,
  rounds: number,
  print: (line: string) => void,
): Promise<void> {
  const units = ['s', 's / million', 'MiB', 'MiB / million'];
  const head = [ours.name, peer.name].flatMap((name) => units.map((unit) => `${name} ${unit}`));
  const lines = [['rows', ...head]];
  for (const rows of tableRows) {
    using folder = temporaryFolder();
    const task = {
      table: writeTable(folder.path, rows, tableColumns),
      model: 'boosting',
      threads,
      trees: 100,
    } as const;
    const results = await takeTurns([ours, peer], rounds, (contestant) => fitInChild(contestant, task));
    lines.push([count(rows), ...[ours, peer].flatMap((contestant) => cellsOf(results.get(contestant) ?? [], rows))]);
  }
  print(`\nGrowth: boosting, ${tableColumns} columns, ${threads} threads at most; memory of table and fit`);
  print(columns(lines));
}
