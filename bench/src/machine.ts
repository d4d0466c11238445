import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** What was measured on, in one line; a load average far from 0 says that others were at work meanwhile. */
export function machineLine(versions: readonly string[] = []): string {
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GiB`;
  const load = `load average ${loadavg()[0]?.toFixed(1)}`;
  const system = `${type()} ${release()}`;
  const cores = `${availableParallelism()} cores`;
  const model = cpus()[0]?.model.trim() || 'unknown CPU';
  return [`${cores}, ${model}`, memory, system, `Node ${process.versions.node}`, ...versions, load].join(', ');
}
