import { expect, test } from '@jest/globals';
import { describeVariables, readConfig } from './read-config.ts';

test('an empty environment gives the embedded runtime on loopback', () => {
  expect(readConfig({})).toMatchObject({
    QUEUE: 'embedded',
    OBJECT_STORE: 'files',
    HOST: '127.0.0.1',
    AUTH: 'none',
    ALLOW_INSECURE: false,
  });
});

test('an empty variable counts as absent', () => {
  expect(readConfig({ PORT: '', QUEUE: '' })).toEqual(readConfig({}));
});

test('every wrong variable is named with what it may be', () => {
  expect(() => readConfig({ PORT: 'abc', QUEUE: 'kafka', ALLOW_INSECURE: 'yes', MAX_ATTEMPTS: '1.5' })).toThrow(
    /QUEUE: .*embedded.*sqs.*PORT: must be a whole number.*ALLOW_INSECURE: must be true or false.*MAX_ATTEMPTS: must be a whole number/s,
  );
});

test('each variable is described, with its default', () => {
  const described = describeVariables();
  expect(described.filter(({ description }) => description.length < 10)).toEqual([]);
  expect(described.find(({ name }) => name === 'ALLOW_INSECURE')?.fallback).toBe('false');
  expect(described.find(({ name }) => name === 'PORT')?.fallback).toBe('8080');
});

test('the description tells secrets from the rest', () => {
  const secrets = describeVariables().flatMap(({ name, isSecret }) => (isSecret ? [name] : []));
  expect(secrets.sort()).toEqual(['FRED_API_KEY', 'SNOWFLAKE_PASSWORD', 'SNOWFLAKE_PRIVATE_KEY_PASSPHRASE']);
});
