import { rmSync } from 'node:fs';
import { columns } from '../report/columns.ts';
import { count, decimals } from '../report/figures.ts';
import { prepare } from './prepare.ts';
import { type Contestant, takeTurn } from './take-turn.ts';

const sizes = [100_000, 300_000, 1_000_000, 3_000_000, 10_000_000];

/** Runs everybody once on tables of growing length. */
export async function growth(
  folder: string,
  everybody: readonly Contestant[],
  print: (line: string) => void,
): Promise<void> {
  const lines: string[][] = [['rows', ...everybody.map(({ name }) => name)]];
  for (const rows of sizes) {
    const task = prepare(folder, rows, 'enrich');
    const cells: string[] = [];
    for (const contestant of everybody) {
      const { seconds, cpu, memory } = await takeTurn(contestant, task(contestant.name));
      cells.push(`${decimals(seconds)} / ${decimals(cpu)} / ${count(memory)}`);
    }
    lines.push([count(rows), ...cells]);
    rmSync(task('').orders);
  }
  print(columns(lines));
}
