import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loggedBody } from './logged-body.ts';
import { redact } from './redact.ts';

test.each([
  ['a text', '{"user":"ana","password":"hunter2","n":1}', '{"user":"ana","password":"[removed]","n":1}'],
  ['a text with escapes', '{"secret": "a\\"b\\\\", "n": 1}', '{"secret": "[removed]", "n": 1}'],
  ['a number', '{"apiKey":12345}', '{"apiKey":"[removed]"}'],
  ['an object', '{"credentials":{"a":"}","b":[1]},"n":1}', '{"credentials":"[removed]","n":1}'],
  ['a list', '{"tokens":["a","b"],"n":1}', '{"tokens":"[removed]","n":1}'],
  [
    'a name in other words and case',
    '{"clientSecretValue":"x","API_KEY":"y"}',
    '{"clientSecretValue":"[removed]","API_KEY":"[removed]"}',
  ],
  ['JSON within a text', '{"log":"{\\"token\\":\\"abc\\",\\"n\\":1}"}', '{"log":"{\\"token\\":[removed],\\"n\\":1}"}'],
  ['a text that was cut', '{"password":"hunt', '{"password":"[removed]"'],
  ['malformed JSON', "{password: 'hunter2', n: 1}", "{password: '[removed]', n: 1}"],
  ['a form', 'user=ana&password=hunter2&n=1', 'user=ana&password=[removed]&n=1'],
  ['an authorization header', 'Authorization: Bearer abc.def', 'Authorization: [removed]'],
])('the value of %s that is named like a secret is removed', (_what, text, clean) => {
  expect(redact(text)).toBe(clean);
});

test('signatures of signed URLs are removed, and the rest of the URL stays', () => {
  const url = 'https://s3/b/k?X-Amz-Credential=AKIA%2F2026&X-Amz-Date=20261121&X-Amz-Signature=abcdef&x=1';
  expect(redact(`{"url":"${url}"}`)).toBe(
    '{"url":"https://s3/b/k?X-Amz-Credential=[removed]&X-Amz-Date=20261121&X-Amz-Signature=[removed]&x=1"}',
  );
  expect(redact('/objects/k?expires=1&signature=abc')).toBe('/objects/k?expires=1&signature=[removed]');
  expect(redact('/objects/k?sig=abc')).toBe('/objects/k?sig=[removed]');
});

test('an API key of ours is removed wherever it stands', () => {
  expect(redact(`{"note":"use bw_${'a'.repeat(43)} please"}`)).toBe('{"note":"use [removed] please"}');
});

test('a body without secrets stays as it is', () => {
  const text = '{"instances":[[0.23,"Ideal","E"]],"version":3}';
  expect(redact(text)).toBe(text);
});

test('a secret never survives, whatever stands around it', () => {
  const field = fc.record({
    name: fc.constantFrom('password', 'userToken', 'api-key', 'x_secret_y'),
    rest: fc.jsonValue(),
  });
  fc.assert(
    fc.property(field, ({ name, rest }) => {
      const text = JSON.stringify({ before: rest, [name]: 'QmvZ7hW', after: rest });
      expect(redact(text)).not.toContain('QmvZ7hW');
    }),
  );
});

test('a long body of nothing but suspicious words is read once, not once a word', () => {
  const text = '"token'.repeat(2_700);
  expect(redact(text)).toBe(text);
});

test('a body is capped with a note of how much was cut, and the secret at the edge does not show', () => {
  expect(loggedBody('x'.repeat(20), 10)).toBe('xxxxxxxxxx… [10 characters cut]');
  expect(loggedBody('{"password":"hunter2","n":1}', 16)).toBe('{"password":"[removed]"… [12 characters cut]');
  expect(loggedBody('', 10)).toBeUndefined();
});
