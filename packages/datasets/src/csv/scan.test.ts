import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseRecords } from './parse-records.ts';
import { createScanner } from './scan.ts';

function scan(text: string, size = 1_000) {
  const records: [fields: number, line: number][] = [];
  const badQuotes: [field: number, line: number][] = [];
  const scanner = createScanner(',', {
    record: (fields, line) => records.push([fields, line]),
    badQuote: (field, line) => badQuotes.push([field, line]),
  });
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) scanner.push(bytes.subarray(start, start + size));
  return { records, badQuotes, ...scanner.end() };
}

test('records are counted with their fields and the line they begin on', () => {
  expect(scan('a,b\n1,2\n\n3,"x\n\ny"\n4,5').records).toEqual([
    [2, 1],
    [2, 2],
    [0, 3],
    [2, 4],
    [2, 7],
  ]);
});

test('all three line ends end a record, and mixing them is noticed', () => {
  expect(scan('a\nb\n')).toMatchObject({
    records: [
      [1, 1],
      [1, 2],
    ],
    mixedLineEnds: false,
  });
  expect(scan('a\r\nb\r\n')).toMatchObject({
    records: [
      [1, 1],
      [1, 2],
    ],
    mixedLineEnds: false,
  });
  expect(scan('a\rb\r')).toMatchObject({
    records: [
      [1, 1],
      [1, 2],
    ],
    mixedLineEnds: false,
  });
  expect(scan('a\r\nb\n')).toMatchObject({
    records: [
      [1, 1],
      [1, 2],
    ],
    mixedLineEnds: true,
  });
  expect(scan('"x\ny"\r\nb\r\n')).toMatchObject({
    records: [
      [1, 1],
      [1, 3],
    ],
    mixedLineEnds: false,
  });
});

test('a quote that is not closed is reported with the line it was opened on', () => {
  expect(scan('a,b\n1,2\n3,"x\ny\nz')).toMatchObject({ unterminated: 3, unterminatedField: 1 });
});

test('text after a closing quote is reported, a doubled quote is not', () => {
  expect(scan('a,b\n"x"y,2\n').badQuotes).toEqual([[0, 2]]);
  expect(scan('a,b\n"x""y", "z" \n').badQuotes).toEqual([]);
});

test('the result does not depend on how the file is cut into chunks', () => {
  const text = fc
    .array(fc.constantFrom('a', 'ü', ',', '"', '\n', '\r', ' '), { maxLength: 40 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 5 }), (content, size) => {
      expect(scan(content, size)).toEqual(scan(content));
    }),
  );
});

test('chunks without quotes are read as they are beside chunks with quotes', () => {
  const text = fc
    .array(fc.constantFrom('a', ',', ' ', '\n', '\n', '"b"', '\r\n'), { maxLength: 30 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 4 }), (content, size) => {
      // with quotes at its end the whole text is one chunk with quotes
      const { records, unterminated } = scan(`${content}\n"x"`, size);
      const whole = scan(`${content}\n"x"`);
      expect({ records, unterminated }).toEqual({ records: whole.records, unterminated: whole.unterminated });
    }),
  );
});

test('the scanner and the parser of samples agree on well-formed files', () => {
  const value = fc.array(fc.constantFrom('a', 'b', ',', '"', '\n', ' '), { maxLength: 5 }).map((all) => all.join(''));
  const record = fc.tuple(value, value);
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), (records) => {
      const quoted = records.map((values) => values.map((part) => `"${part.replaceAll('"', '""')}"`).join(','));
      const text = quoted.map((line) => `${line}\n`).join('');
      expect(parseRecords(text, ',', true)).toEqual(records);
      expect(scan(text).records.map(([fields]) => fields)).toEqual(records.map(() => 2));
    }),
  );
});
