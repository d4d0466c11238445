import { createServer } from 'node:net';

/** Below the ports that the system gives to outgoing connections, so that none of those takes one meanwhile. */
const lowest = 20_000;
const highest = 32_000;

/** The first of `count` neighbouring ports of loopback on which nobody listens. */
export async function freePorts(count: number): Promise<number> {
  const start = lowest + Math.floor(Math.random() * (highest - lowest - count));
  const ports = Array.from({ length: count }, (_, index) => start + index);
  const free = await Promise.all(ports.map(isFree));
  return free.every(Boolean) ? start : await freePorts(count);
}

/** Whether nobody listens on a port of loopback. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
