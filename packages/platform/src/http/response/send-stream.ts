import { once } from 'node:events';
import type { Edge } from '../app/edge.ts';
import type { Exchange } from '../routes/exchange.ts';
import type { Chunks } from '../routes/route.ts';

async function copy({ response }: Exchange, chunks: AsyncIterator<string | Uint8Array>): Promise<void> {
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    if (response.closed) return;
    // A slow client slows the route down, instead of filling the memory.
    if (!response.write(next.value)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end();
}

/**
 * Sends a stream behind the head that was written. Ends the route's iterator when the client goes; a route that fails
 * in the middle cuts the connection, because an orderly end would pass for a whole answer.
 */
export function sendStream<Tx>(edge: Edge<Tx>, exchange: Exchange, headers: readonly string[], stream: Chunks): void {
  const { request, response, requestId } = exchange;
  const chunks = stream[Symbol.asyncIterator]();
  const release = () => {
    edge.eventStreams.delete(exchange);
    // Not awaited: a generator that waits for its next value returns only after that.
    Promise.resolve(chunks.return?.()).catch((error) =>
      edge.logger.warn({ err: error, requestId }, 'a stream ended badly'),
    );
  };
  if (request.method === 'HEAD' || response.closed) {
    response.end();
    release();
    return;
  }
  if (headers.includes('text/event-stream')) edge.eventStreams.add(exchange);
  response.once('close', release);
  response.flushHeaders();
  copy(exchange, chunks).catch((error) => {
    if (!response.closed) edge.logger.error({ err: error, requestId }, 'a stream failed');
    response.destroy();
  });
}
