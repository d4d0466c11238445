import { BenchmarkFailure } from '../failure.ts';

/**
 * One request outside the measurement.
 *
 * @returns the body as text
 * @throws BenchmarkFailure `wrong-answer` when the status is no success
 */
export async function sendJson(method: 'GET' | 'POST', url: string, body?: string): Promise<string> {
  const init = body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } };
  const response = await fetch(url, { method, ...init });
  const text = await response.text();
  if (response.ok) return text;
  throw new BenchmarkFailure('wrong-answer', `${method} ${url}: ${response.status} ${text}`);
}
