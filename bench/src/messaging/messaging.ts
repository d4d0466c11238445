import type { Benchmark, Settings } from '../benchmark.ts';
import { machineLine } from '../machine.ts';
import { columns } from '../report/columns.ts';
import { count, decimals, spread } from '../report/figures.ts';
import { median, ratiosByRound, spreadOf } from '../statistics/statistics.ts';
import { takeTurns } from '../take-turns.ts';
import { bareSdk } from './bare-sdk.ts';
import type { Contestant, Load, Round } from './contestant.ts';
import { embedded } from './embedded.ts';
import { localStack } from './local-stack.ts';
import { onSqs } from './on-sqs.ts';

/** However fast: an embedded round leaves a kilobyte a message in a temporary folder. */
const mostMessages = 100_000;

async function run({ rounds, seconds, connections }: Settings, print: (line: string) => void): Promise<void> {
  print(`Machine: ${machineLine()}`);
  // Twice what is in flight, so that a message to receive is always there.
  const load: Load = { seconds, messages: mostMessages, inFlight: connections, waiting: 2 * connections };
  print(
    `${rounds} rounds of ${seconds} s each after a warm-up, ${load.inFlight} messages in flight of ${load.waiting}. ` +
      'A message: outbox, queue, received, handled (inbox, one row, next message in the outbox: one transaction), deleted.',
  );
  const alone = await measure([embedded], load, rounds);
  print(`\n${tableOf(alone)}\n`);

  await using stack = await localStack(print);
  const onMariaDb = onSqs(stack, 'MariaDB');
  const onSqlite = onSqs(stack, 'SQLite');
  const bare = bareSdk(stack);
  const beside = await measure([onMariaDb, onSqlite, bare], load, rounds);
  print(`\n${tableOf(beside)}\n`);

  const rates = (contestant: Contestant) =>
    (alone.get(contestant) ?? beside.get(contestant) ?? []).map(({ rate }) => rate);
  print(`messaging: ${count(spreadOf(rates(embedded)).median)} messages/s embedded (target ≥ 8,000)`);
  for (const ours of [onMariaDb, onSqlite]) {
    const { median: middle, min, max } = spreadOf(ratiosByRound(rates(ours), rates(bare)));
    const range = `by round ${decimals(min)}–${decimals(max)}`;
    print(`messaging: ${decimals(middle)}× the bare SDK loop, ${ours.name} (target ≥ 0.6); ${range}`);
  }
}

async function measure(contestants: readonly Contestant[], load: Load, rounds: number) {
  const turn = (contestant: Contestant) => contestant.run(load);
  await takeTurns(contestants, 1, turn);
  return await takeTurns(contestants, rounds, turn);
}

function tableOf(results: ReadonlyMap<Contestant, readonly Round[]>): string {
  const rows = Array.from(results, ([{ name }, rounds]) => [
    name,
    spread(spreadOf(rounds.map(({ rate }) => rate)), count),
    count(rounds.reduce((sum, { messages }) => sum + messages, 0)),
    count(median(rounds.map(({ cpu, messages }) => (1e6 * cpu) / messages))),
  ]);
  return columns([['', 'messages/s', 'messages', 'µs CPU each'], ...rows]);
}

export const messaging: Benchmark = {
  name: 'messaging',
  summary: 'messages a second from outbox to handled, embedded, and on LocalStack beside a bare AWS SDK loop',
  defaults: { rounds: 5, seconds: 3, connections: 40 },
  run,
};
