import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, FredRefusal, observations, search, vintageDates } from './answers.ts';

/** How the server misbehaves, from now on. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly times: number; readonly message?: string }
  | { readonly kind: 'html' }
  | { readonly kind: 'silence' };

export interface FredServer extends AsyncDisposable {
  /** base URL, for `FRED_BASE_URL` */
  readonly url: string;
  /** requests so far, each as `path?query`, without the key */
  readonly requests: readonly string[];
  misbehave(fault: Fault | undefined): void;
}

export interface FredOptions {
  /** the day that is today to the server */
  readonly today?: string;
  /** requests that it takes within a minute; FRED takes 120 */
  readonly perMinute?: number;
  /** vintages that it gives at once; FRED gives 2,000 */
  readonly mostVintages?: number;
  readonly port?: number;
}

const routes: Readonly<Record<string, (query: URLSearchParams, today: string, mostVintages: number) => object>> = {
  '/fred/series/search': search,
  '/fred/series': describe,
  '/fred/series/observations': observations,
  '/fred/series/vintagedates': vintageDates,
};

/** Starts a server on loopback that answers as FRED does, with public-domain US series. */
export async function startFred({
  today = '2015-06-01',
  perMinute = 120,
  mostVintages = 2000,
  port = 0,
}: FredOptions = {}): Promise<FredServer> {
  const requests: string[] = [];
  const times: number[] = [];
  let fault: Fault | undefined;

  function answer(url: URL): { status: number; body: object } {
    const now = Date.now();
    while (times.length > 0 && (times[0] as number) < now - 60_000) times.shift();
    if (times.push(now) > perMinute) throw new FredRefusal(429, 'Too Many Requests.  Exceeded Rate Limit');
    if (fault?.kind === 'status' && fault.times > 0) {
      fault = { ...fault, times: fault.times - 1 };
      throw new FredRefusal(fault.status, fault.message ?? 'Internal Server Error');
    }
    if (!/^[a-z0-9]{32}$/.test(url.searchParams.get('api_key') ?? '')) {
      throw new FredRefusal(
        400,
        'Bad Request.  The value for variable api_key is not a 32 character alpha-numeric lower-case string.  Read https://fred.stlouisfed.org/docs/api/api_key.html for more information.',
      );
    }
    const route = routes[url.pathname];
    if (route === undefined) throw new FredRefusal(404, 'Not Found');
    return { status: 200, body: route(url.searchParams, today, mostVintages) };
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fred');
    const shown = new URL(url);
    shown.searchParams.delete('api_key');
    requests.push(shown.pathname + shown.search);
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'html') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Under maintenance</body></html>');
      return;
    }
    const send = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
    try {
      const { status, body } = answer(url);
      send(status, body);
    } catch (error) {
      if (!(error instanceof FredRefusal)) throw error;
      send(error.status, { error_code: error.status, error_message: error.message });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fred`,
    requests,
    misbehave: (next) => {
      fault = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A key of the right form; the test server takes any. */
export const sampleKey = 'abcdefghijklmnopqrstuvwxyz123456';
