/**
 * Keeps a thread from being ended while native code works for it. DuckDB calls back into its thread from threads of its
 * own; if that one is gone by then, the whole process aborts.
 */
const outside = 0;
const inside = 1;
const ending = 2;

/** The state that a thread and its pool share: one number. */
export function newSection(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/**
 * The thread's side: runs native work.
 *
 * @throws when the pool is about to end the thread, before the work begins
 */
export async function withinSection<Result>(section: Int32Array, work: () => Promise<Result>): Promise<Result> {
  if (Atomics.compareExchange(section, 0, outside, inside) !== outside) throw new Error('the thread is ending');
  try {
    return await work();
  } finally {
    leaveSection(section);
  }
}

/** Says that no native work is under way: by the thread itself, or for one that ended in the middle of it. */
export function leaveSection(section: Int32Array): void {
  Atomics.store(section, 0, outside);
  Atomics.notify(section, 0);
}

/**
 * The pool's side: after this the thread is outside of native work and cannot enter it again.
 *
 * @param interrupt called when native work is under way, to shorten it
 */
export async function closeSection(section: Int32Array, interrupt: () => void): Promise<void> {
  let interrupted = false;
  while (Atomics.compareExchange(section, 0, outside, ending) === inside) {
    if (!interrupted) interrupt();
    interrupted = true;
    await Atomics.waitAsync(section, 0, inside).value;
  }
}
