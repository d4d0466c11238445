import { benchmarks } from './benchmarks.ts';
import { listOf, parseCommandLine, usage } from './command-line.ts';
import { BenchmarkFailure } from './failure.ts';

const print = (line: string) => console.log(line);

async function main(args: readonly string[]): Promise<void> {
  const { name, help, settings } = parseCommandLine(args);
  if (help) return print(`${usage}\n\nBenchmarks:\n${listOf(benchmarks)}`);
  if (name === undefined) return print(listOf(benchmarks));
  const benchmark = benchmarks.find((one) => one.name === name);
  if (benchmark === undefined) {
    throw new BenchmarkFailure('benchmark-unknown', `there is no benchmark ${name}; there are:\n${listOf(benchmarks)}`);
  }
  await benchmark.run({ ...benchmark.defaults, ...settings }, print);
}

// By way of `exit`, so that whoever has started a process or made a folder hears of it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof BenchmarkFailure ? `${error.code}: ${error.message}` : error);
  process.exitCode = 1;
}
