import type { Settings } from '../benchmark.ts';
import { BenchmarkFailure } from '../failure.ts';
import { columns } from '../report/columns.ts';
import { decimals, spread } from '../report/figures.ts';
import { median, ratiosByRound, spreadOf } from '../statistics/statistics.ts';
import { takeTurns } from '../take-turns.ts';
import { type Contestant, type Fit, fitInChild } from './fit-in-child.ts';
import type { Table } from './table.ts';

export interface Comparison {
  readonly benchmark: string;
  readonly table: Table;
  /** ours first */
  readonly contestants: readonly [Contestant, ...Contestant[]];
  /** what the children are told besides the table */
  readonly settings: object;
  /** by how much our score may be below that of each peer whose results ours are to equal */
  readonly tolerance: number;
}

/** Measures one table in turns, and prints a table of times and one line of ratios a peer. */
export async function compare(
  { benchmark, table, contestants, settings, tolerance }: Comparison,
  { rounds }: Pick<Settings, 'rounds'>,
  print: (line: string) => void,
): Promise<void> {
  const taking = contestants.filter(({ takes }) => takes?.(table) ?? true);
  const results = await takeTurns(taking, rounds, (contestant) => fitInChild(contestant, { table, ...settings }));
  const fitsOf = (contestant: Contestant): readonly Fit[] => results.get(contestant) ?? [];
  const scoreOf = (contestant: Contestant) => median(fitsOf(contestant).map(({ score }) => score));
  const secondsOf = (contestant: Contestant) => fitsOf(contestant).map(({ seconds }) => seconds);
  const [ours] = contestants;
  print(`\n${table.name}, ${Math.round(table.training).toLocaleString('en')} rows to learn from`);
  const rows = taking.map((contestant) => [
    contestant.name,
    spread(spreadOf(secondsOf(contestant)), (seconds) => seconds.toFixed(3)),
    scoreOf(contestant).toFixed(4),
  ]);
  print(columns([['', 'seconds', table.task === 'regression' ? 'R²' : 'accuracy'], ...rows]));
  for (const peer of taking.slice(1)) {
    const ratio = spreadOf(ratiosByRound(secondsOf(ours), secondsOf(peer)));
    print(
      `${benchmark}: ${decimals(ratio.median)}× the time of ${peer.name}; by round ${decimals(ratio.min)}–${decimals(ratio.max)}`,
    );
    if (scoreOf(ours) < scoreOf(peer) - tolerance) {
      throw new BenchmarkFailure('score-too-low', `ours is ${scoreOf(ours)}, that of ${peer.name} ${scoreOf(peer)}`);
    }
  }
}
