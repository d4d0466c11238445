import { columns } from '../report/columns.ts';
import { count, decimals, spread } from '../report/figures.ts';
import { median, ratiosByRound, spreadOf } from '../statistics/statistics.ts';
import type { Contestant, Turn } from './take-turn.ts';

export interface Turns {
  readonly ours: Contestant;
  /** of us, on hardly any rows */
  readonly starts: readonly Turn[];
  readonly turns: ReadonlyMap<Contestant, readonly Turn[]>;
}

/** At most so much of the peer's, where there is an aim. */
export interface Aim {
  readonly peer: Contestant;
  readonly time?: number;
  readonly memory?: number;
}

const aimed = (target: number | undefined): string => (target === undefined ? '' : ` (target ≤ ${target})`);

/** Prints the figures of each contestant and our ratios, each of the same round. */
export function reportTurns(
  name: string,
  { ours, starts, turns }: Turns,
  aims: readonly Aim[],
  print: (line: string) => void,
): void {
  const rows = [...turns].map(([contestant, taken]) => [
    contestant.name,
    spread(spreadOf(taken.map(({ seconds }) => seconds)), decimals),
    decimals(median(taken.map(({ cpu }) => cpu))),
    decimals(median(taken.map(({ whole }) => whole))),
    count(median(taken.map(({ memory }) => memory))),
  ]);
  print(columns([['', 'seconds', 'CPU seconds', 'with the start of the program', 'peak MiB'], ...rows]));
  const mine = turns.get(ours) ?? [];
  const start = median(starts.map(({ seconds }) => seconds));
  print(`Of our seconds ${decimals(start)} are there without rows: child processes start, series are read.`);
  for (const { peer, time, memory } of aims) {
    const theirs = turns.get(peer) ?? [];
    const ratio = (of: (turn: Turn) => number) => spreadOf(ratiosByRound(mine.map(of), theirs.map(of)));
    const all = ratio(({ seconds }) => seconds);
    const rowsAlone = spreadOf(
      mine.map(({ seconds }, round) => (seconds - start) / (theirs[round] as Turn).seconds),
    ).median;
    const whole = ratio((turn) => turn.whole).median;
    print(
      `${name}: ${decimals(all.median)}× the time of ${peer.name}${aimed(time)}, by round ${decimals(all.min)}–${decimals(all.max)}; ` +
        `${decimals(rowsAlone)}× without the start of our child processes, ${decimals(whole)}× with the start of both programs, ${decimals(ratio(({ cpu }) => cpu).median)}× its CPU time; ` +
        `${decimals(ratio((turn) => turn.memory).median)}× its memory${aimed(memory)}`,
    );
  }
}
