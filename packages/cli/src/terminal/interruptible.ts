import type { StopSignal, Terminal } from './terminal.ts';

/** The person stopped the command. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly code = 'interrupted';
  readonly exitCode: number;
  constructor(signal: StopSignal) {
    super('interrupted');
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}

/**
 * Runs `work` with a signal that the first Ctrl-C or SIGTERM aborts, its reason being `Interrupted`.
 *
 * @throws what `work` throws; `Interrupted` when that was the cause of it
 */
export async function interruptible<T>(terminal: Terminal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stopListening = terminal.onStop((signal) => controller.abort(new Interrupted(signal)));
  try {
    return await work(controller.signal);
  } catch (error) {
    // What a broken-off request throws says less than why it was broken off.
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    stopListening();
  }
}
