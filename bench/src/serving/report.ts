import { columns } from '../report/columns.ts';
import { count, decimals, spread, times } from '../report/figures.ts';
import { median, ratiosByRound, spreadOf } from '../statistics/statistics.ts';
import type { Contestant } from './contestant.ts';
import type { Round } from './measure.ts';

const head = ['', 'predictions/s', 'p50 ms', 'p99 ms', 'server CPUs', 'µs CPU each', 'load generator busy'];

const medianOf = (rounds: readonly Round[], value: (round: Round) => number | undefined): number =>
  median(rounds.map((round) => value(round) ?? Number.NaN));

function row(name: string, rounds: readonly Round[]): string[] {
  const cpu = medianOf(rounds, ({ serverCpu }) => serverCpu);
  const cpuEach = medianOf(rounds, ({ serverCpu, rate }) => serverCpu && (1e6 * serverCpu) / rate);
  return [
    name,
    spread(spreadOf(rounds.map(({ rate }) => rate)), count),
    decimals(medianOf(rounds, ({ p50 }) => p50)),
    decimals(medianOf(rounds, ({ p99 }) => p99)),
    Number.isNaN(cpu) ? '?' : decimals(cpu),
    Number.isNaN(cpu) ? '?' : count(cpuEach),
    `${Math.round(100 * medianOf(rounds, ({ busy }) => busy))} %`,
  ];
}

/** One row a contestant: medians over the rounds, of the rate its ends too. */
export function tableOf(results: ReadonlyMap<Contestant, readonly Round[]>): string {
  return columns([head, ...Array.from(results, ([{ name }, rounds]) => row(name, rounds))]);
}

const quietCpus = 0.9;

/**
 * Under this load a server that waits for no disk has work for one CPU. When it got clearly less, other programs had
 * its turns.
 *
 * @param rounds of such a server
 * @returns a sentence; undefined when the machine was quiet, or the system does not say
 */
export function disturbance(rounds: readonly Round[]): string | undefined {
  const cpus = medianOf(rounds, ({ serverCpu }) => serverCpu);
  if (!(cpus < quietCpus)) return undefined;
  return `The machine was busy with other things: Express got ${decimals(cpus)} CPUs where it could have used one. Trust the CPU time of each answer more than the rates.`;
}

/** `serving: 9.1× FastAPI (target ≥ 8); by round 8.8×–9.3×` */
export function ratioLine(
  ours: readonly Round[],
  theirs: readonly Round[],
  { name, target }: { readonly name: string; readonly target: number },
): string {
  const rates = (rounds: readonly Round[]) => rounds.map(({ rate }) => rate);
  const ratio = spreadOf(ratiosByRound(rates(ours), rates(theirs)));
  return `serving: ${times(ratio.median)} ${name} (target ≥ ${target}); by round ${times(ratio.min)}–${times(ratio.max)}`;
}
