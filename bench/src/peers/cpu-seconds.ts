import { readFileSync } from 'node:fs';

/** Of Linux, the same on every architecture that Node runs on. */
const ticksPerSecond = 100;

/** CPU time that a process has used, all its threads; undefined where there is no `/proc`. */
export function cpuSeconds(pid: number): number | undefined {
  try {
    // The name of the program, in brackets, may hold blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return undefined;
  }
}
