import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../client/client.ts';
import { ServerRefusal } from '../client/server-refusal.ts';
import { printJson } from '../commands/connected.ts';
import { paintFor } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface ItemToPredict {
  readonly model: string;
  readonly item: string;
  readonly periods?: number | undefined;
  readonly json?: boolean | undefined;
}

const pauseMs = 200;
const patienceMs = 60_000;

/** Predicts an item for the next period, or for several: a line each, its first day and the prediction. */
export async function predictItem(
  terminal: Terminal,
  client: Client,
  { model, item, periods, json }: ItemToPredict,
  signal: AbortSignal,
): Promise<void> {
  const progress = createProgress(terminal.err, terminal.env, json);
  const query = { model, ...(periods === undefined ? {} : { periods }) };
  const ask = () => client.call('predictItem', { params: { item }, query }, signal);
  const answer = await oncePrepared(ask, () => progress.show(`preparing the items of ${model}`), signal);
  progress.clear();
  if (json) return printJson(terminal, answer);
  const { version } = answer;
  const lines = 'predictions' in answer ? answer.predictions : [answer];
  for (const { periodStart, prediction } of lines) {
    terminal.out.write(`${periodStart}  ${printable(String(prediction))}\n`);
  }
  const paint = paintFor(terminal.err, terminal.env);
  terminal.err.write(`${paint('dim', printable(`${model} version ${version}, item ${item}`))}\n`);
}

/** A model that was just trained has its items a moment later. */
async function oncePrepared<Answer>(
  ask: () => Promise<Answer>,
  onWait: () => void,
  signal: AbortSignal,
): Promise<Answer> {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const isPassing = error instanceof ServerRefusal && error.code === 'items-not-ready';
      if (!isPassing || performance.now() > end) throw error;
    }
    onWait();
    await pause(pauseMs, undefined, { signal });
  }
}
