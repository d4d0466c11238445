import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseRecords } from './parse-records.ts';
import { createScanner } from './scan.ts';
import { Shape } from './value-shapes.ts';

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

describe('shapes of values', () => {
  const shapesOf = (text: string, size = 1_000) => {
    const scanner = createScanner(',', {}, { width: 3, header: true });
    const bytes = Buffer.from(text);
    for (let start = 0; start < bytes.length; start += size) scanner.push(bytes.subarray(start, start + size));
    return [...scanner.end().shapes];
  };

  test('are those behind the header', () => {
    expect(shapesOf('when,at,007\n2024-12-31,2024-12-31 23:59:59,5\n,,0.5\n')).toEqual([0, 0, Shape.unlikeTime]);
  });

  test.each(['\n', '\r\n', '\r'])('are seen within quotes and at the end, with lines that end in %j', (end) => {
    const row = ['"2024-12-31"', '"007"', '2024/12/31'].join(',');
    expect(shapesOf(`a,b,c${end}${row}`)).toEqual([0, Shape.zeroLed | Shape.unlikeTime, 0]);
  });

  test.each([
    '2024-12-31T10:00:00Z',
    '2024-12-31 10:00+02',
    '12024-12-3',
    ' 2024-12-31',
    '2024 12 31',
    'epoch',
    '2024-12-31 10:00',
  ])('%s is none of the times that are written plainly', (value) => {
    expect(shapesOf(`a,b,c\n1,${value},2\n`)[1]).toBe(Shape.unlikeTime);
  });

  test('of a file in pieces are at least those of the whole', () => {
    const value = fc.constantFrom('2024-12-31', '2024-12-31 23:59:59', '007', '7', '', '"01"', '"a\nb"', 'x');
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value)), fc.integer({ min: 1, max: 40 }), (rows, size) => {
        const text = `a,b,c\n${rows.map((row) => row.join(',')).join('\n')}`;
        const whole = shapesOf(text, text.length);
        expect(shapesOf(text, size).map((shapes, index) => shapes & (whole[index] ?? 0))).toEqual(whole);
      }),
    );
  });
});

test('records as expected are told together, and add up to those told one by one', () => {
  const line = fc.constantFrom('1,2,3', '1,2', '', '"x\ny",2,3', '1,2,3,4', ' ', 'a,b,c');
  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 1, max: 40 }), (lines, size) => {
      const bytes = Buffer.from(lines.join('\n'));
      const told = (regular: boolean) => {
        let [records, longest] = [0, 0];
        const others: string[] = [];
        const record = (fields: number, place: number, length: number) => {
          if (fields !== 3) others.push(`${fields} ${place} ${length}`);
          else [records, longest] = [records + 1, Math.max(longest, length)];
        };
        const more = (count: number, most: number) => {
          [records, longest] = [records + count, Math.max(longest, most)];
        };
        const scanner = createScanner(',', regular ? { record, regular: more } : { record }, {
          width: 3,
          header: false,
        });
        for (let start = 0; start < bytes.length; start += size) scanner.push(bytes.subarray(start, start + size));
        return { records, longest, others, ...scanner.end() };
      };
      expect(told(true)).toEqual(told(false));
    }),
  );
});
