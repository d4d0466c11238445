import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { exportLines, exportsOf } from './exports.ts';

test('clients are told the ids of both APIs and the URL of the platform’s', () => {
  const outputs = { PlatformApiId: 'p1', PredictiveApiId: 'i1' };
  expect(exportsOf(outputs, 'http://localhost:4566/')).toEqual({
    PLATFORM_API_ID: 'p1',
    PREDICTIVE_API_ID: 'i1',
    BELLWETHER_URL: 'http://localhost:4566/restapis/p1/test/_user_request_',
  });
});

test('a shell reads each value as it is, and runs nothing of it', () => {
  const PLATFORM_API_ID = 'it\'s $(echo bad) `echo bad` "$HOME"';
  const lines = exportLines({ PLATFORM_API_ID, PREDICTIVE_API_ID: 'i', BELLWETHER_URL: 'u' });
  const script = 'eval "$1"; printf %s "$PLATFORM_API_ID"';
  expect(execFileSync('bash', ['-c', script, 'bash', lines], { encoding: 'utf8' })).toBe(PLATFORM_API_ID);
});
