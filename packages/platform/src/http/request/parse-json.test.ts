import { expect, test } from '@jest/globals';
import { parseJson } from './parse-json.ts';

test.each(['{"a":{"__proto__":{"polluted":1},"b":1}}', '{"a":{"\\u005f_proto__":{"polluted":1},"b":1}}'])(
  'a key __proto__ is dropped, at any depth and however it is spelled: %s',
  (text) => {
    const { a } = parseJson(text, undefined) as { a: object };
    expect(Object.keys(a)).toEqual(['b']);
    expect(Object.getPrototypeOf(Object.assign({}, a))).toBe(Object.prototype);
  },
);

test('texts that hold the word __proto__ stay', () => {
  expect(parseJson('{"a":"__proto__","b":"\\u0041"}', undefined)).toEqual({ a: '__proto__', b: 'A' });
});

test('an empty body is an empty object, whatever its type', () => {
  expect(parseJson('', 'text/plain')).toEqual({});
});
