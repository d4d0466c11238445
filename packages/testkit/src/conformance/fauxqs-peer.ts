import { buildApp } from 'fauxqs';

/** Where an SDK client finds a peer. */
export interface AwsPeer {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface FauxqsPeer extends AwsPeer {
  readonly stop: () => Promise<void>;
}

/**
 * Starts SQS and S3 in this process, in memory, on a free port of 127.0.0.1; any credentials do. `startFauxqs` would
 * listen on every address of the machine, whatever host it is given.
 */
export async function startFauxqsPeer(): Promise<FauxqsPeer> {
  const app = buildApp({ logger: false });
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    stop: () => app.close(),
  };
}
