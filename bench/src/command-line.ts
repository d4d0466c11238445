import { parseArgs } from 'node:util';
import type { Benchmark, Settings } from './benchmark.ts';
import { BenchmarkFailure } from './failure.ts';

export interface CommandLine {
  readonly name: string | undefined;
  readonly help: boolean;
  /** only those that were given */
  readonly settings: Partial<Settings>;
}

/** The machine may be shared, and each answer leaves a row in a log: nobody needs more to see a ratio. */
const limits: Settings = { rounds: 20, seconds: 10, connections: 256 };

const isSetting = (name: string): name is keyof Settings => Object.hasOwn(limits, name);

function numberOf(name: keyof Settings, text: string): number {
  const value = Number(text);
  const isWhole = name === 'seconds' || Number.isInteger(value);
  if (value >= 1 && value <= limits[name] && isWhole) return value;
  throw new BenchmarkFailure('bad-option', `--${name} takes a number from 1 to ${limits[name]}, not ${text}`);
}

/**
 * Reads `NAME --rounds N --seconds N --connections N --help`.
 *
 * @throws BenchmarkFailure `bad-option`
 */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parsed(args);
  const { help = false, ...texts } = values;
  if (positionals.length > 1) throw new BenchmarkFailure('bad-option', 'give the name of one benchmark');
  const settings = Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (isSetting(name) ? [[name, numberOf(name, String(text))]] : [])),
  );
  return { name: positionals[0], help, settings };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        connections: { type: 'string' },
      },
    });
  } catch (error) {
    throw new BenchmarkFailure('bad-option', (error as Error).message);
  }
}

/** One line a benchmark. */
export function listOf(benchmarks: readonly Benchmark[]): string {
  const width = Math.max(...benchmarks.map(({ name }) => name.length));
  return benchmarks.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n');
}

export const usage = `pnpm bench [NAME] [options]

Measures us beside our peers, in turn, in one run. Without a name: the list of benchmarks.

  --rounds N        rounds, in each of which every peer has its turn (at most ${limits.rounds})
  --seconds N       of load, each peer and round (at most ${limits.seconds})
  --connections N   kept open side by side (at most ${limits.connections})
  --help            this

Exits with 1 on a wrong answer or an error, whatever the speed with 0.`;
