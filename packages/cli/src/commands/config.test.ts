import { expect, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';
import { hidePassword } from './config.ts';

interface Shown {
  readonly name: string;
  readonly value: string;
  readonly default: string;
  readonly description: string;
}

test('every variable is shown with its default and the value in force, and secrets are not', async () => {
  const env = {
    PORT: '9000',
    DATABASE_URL: 'mysql://bell:s3cret@db.example/bellwether',
    BELLWETHER_API_KEY: 'bw_secret',
    AWS_REGION: '',
  };
  const { code, out } = await runCaptured(['config', '--json'], { env });
  expect(code).toBe(0);
  expect(out).not.toMatch(/s3cret|bw_secret/);
  const shown: Shown[] = JSON.parse(out).variables;
  const of = (name: string) => shown.find((variable) => variable.name === name);
  expect(of('PORT')).toMatchObject({ value: '9000', default: '8080' });
  expect(of('DATABASE_URL')?.value).toBe('mysql://bell:***@db.example/bellwether');
  expect(of('AWS_REGION')).toMatchObject({ value: 'us-east-1', default: 'us-east-1' });
  expect(of('BELLWETHER_API_KEY')?.value).toBe('(hidden)');
  expect(of('LOG_LEVEL')).toMatchObject({ value: 'warn', default: 'info' });
  expect(shown.every(({ description }) => description.length > 10)).toBe(true);
});

test('a variable that is wrong is named after the table', async () => {
  const { code, out, err } = await runCaptured(['config'], { env: { QUEUE: 'kafka' } });
  expect(code).toBe(2);
  expect(out).toMatch(/^QUEUE +kafka +embedded/m);
  expect(err).toContain('QUEUE: ');
});

test.each([
  ['mysql://u:p@w:x@host/db', 'mysql://u:***@host/db'],
  ['mysql://u@host/db', 'mysql://u@host/db'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['sqlite:/data/b.sqlite', 'sqlite:/data/b.sqlite'],
])('%s is shown as %s', (value, shown) => {
  expect(hidePassword(value)).toBe(shown);
});
