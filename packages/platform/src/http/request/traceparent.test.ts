import { expect, test } from '@jest/globals';
import { requestIds } from './request-id.ts';
import { traceparentOf } from './traceparent.ts';

const form = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

test('a valid trace goes on under a span of ours, with its flags', () => {
  const ours = traceparentOf('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00');
  expect(ours).toMatch(form);
  expect(ours).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-00$/);
});

test.each([
  undefined,
  '',
  'nonsense',
  '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
  '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
  'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
])('%s begins a new trace', (received) => {
  expect(traceparentOf(received)).toMatch(form);
  expect(traceparentOf(received)).not.toContain('4bf92f3577b34da6a3ce929d0e0e4736');
});

test('traces do not repeat, across a refill of the pool of randomness', () => {
  expect(new Set(Array.from({ length: 1_000 }, () => traceparentOf(undefined))).size).toBe(1_000);
});

test('request ids do not repeat, within a source or between two', () => {
  const sources = [requestIds(), requestIds()];
  const ids = sources.flatMap((next) => Array.from({ length: 1_000 }, next));
  expect(new Set(ids).size).toBe(2_000);
  expect(ids.every((id) => /^[A-Za-z0-9_-]{1,64}$/.test(id))).toBe(true);
});
