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
