import type { IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { openAuthentication } from './open-authentication.ts';

const from = (headers: Readonly<Record<string, string>>) => ({ headers }) as unknown as IncomingMessage;
const open = openAuthentication({ boundTo: '127.0.0.1', publicHosts: ['Ingest.internal', 'api.example:8443'] });

test.each(['0.0.0.0', '192.168.1.7', '::', 'example.org'])('AUTH=none is refused on %s', (boundTo) => {
  expect(() => openAuthentication({ boundTo })).toThrow(expect.objectContaining({ code: 'insecure-authentication' }));
  expect(openAuthentication({ boundTo, allowInsecure: true }).needsKey).toBe(false);
});

test.each([
  'localhost',
  'localhost:8080',
  'LOCALHOST:8080',
  'console.localhost:8080',
  '127.0.0.1:8080',
  '127.8.9.10',
  '[::1]:8080',
  'ingest.internal:8080',
  'api.example:8443',
])('requests for the host %s are let in', (host) => {
  expect(() => open.admit(from({ host }))).not.toThrow();
});

test.each([
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil-localhost',
  '10.0.0.1',
  'api.example:80',
  '',
])('requests for the host %s are refused, as DNS rebinding makes them', (host) => {
  expect(() => open.admit(from({ host }))).toThrow(expect.objectContaining({ status: 403, code: 'host-not-allowed' }));
});

test('a request without a host is refused', () => {
  expect(() => open.admit(from({}))).toThrow(expect.objectContaining({ code: 'host-not-allowed' }));
});

test.each([
  ['another site', { origin: 'https://evil.example' }],
  ['another port of this machine', { origin: 'http://localhost:3000' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['an image or script of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
])('requests of %s are refused', (_what, headers) => {
  expect(() => open.admit(from({ host: 'localhost:8080', ...headers }))).toThrow(
    expect.objectContaining({ status: 403, code: 'cross-origin-refused' }),
  );
});

test.each([
  ['our own pages', { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }],
  ['our own pages behind TLS', { origin: 'https://localhost:8080' }],
  ['links of other sites', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  ['the address bar', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
  ['programs', {}],
])('requests of %s are let in', (_what, headers) => {
  expect(() => open.admit(from({ host: 'localhost:8080', ...headers }))).not.toThrow();
});
