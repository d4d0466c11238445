import { readFileSync } from 'node:fs';

const everyMilliseconds = 4;

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // ended meanwhile
    return '';
  }
};

/** The most memory that one child of this process has had so far, MiB: the kernel's own mark, so looking late is no matter. */
export function watchChildren(): () => number {
  let peak = 0;
  setInterval(() => {
    for (const pid of read(`/proc/self/task/${process.pid}/children`).split(' ').filter(Boolean)) {
      const mark = /VmHWM:\s*(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0;
      peak = Math.max(peak, Number(mark) / 1024);
    }
  }, everyMilliseconds).unref();
  return () => peak;
}

const ticksPerSecond = 100;
const restMilliseconds = 300;

/** Waits until the children of this process have loaded what they load, and use no processor. */
export async function untilChildrenRest(): Promise<void> {
  const used = () => {
    const children = read(`/proc/self/task/${process.pid}/children`).split(' ').filter(Boolean);
    const times = children.map((pid) => read(`/proc/${pid}/stat`).replace(/^.*\)/, '').trim().split(' ').slice(11, 13));
    return times.join(' ');
  };
  for (let [before, now] = ['', used()]; before !== now; [before, now] = [now, used()]) {
    await new Promise((resolve) => setTimeout(resolve, restMilliseconds));
  }
}

/** Processor time of this process and of its children that have ended, with the kernel's share, in seconds. */
export function cpuSeconds(): number {
  // what comes before the last bracket is the program's name
  const fields = read('/proc/self/stat').replace(/^.*\)/, '').trim().split(' ');
  const ticks = fields.slice(11, 15).map(Number);
  return ticks.reduce((sum, value) => sum + value, 0) / ticksPerSecond;
}
