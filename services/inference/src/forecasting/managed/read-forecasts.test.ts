import { automlStamps } from '@bellwether/sagemaker/automl';
import { expect, test } from '@jest/globals';
import { readForecasts } from './read-forecasts.ts';

const stamps = automlStamps({ unit: 'day', count: 1 });
const read = (lines: readonly string[]) =>
  readForecasts(`${lines.join('\n')}\n`, stamps, { horizon: 2, levels: [0.1, 0.9] });
const header = 'item_id,timestamp,p10,p90,mean';
const day = (text: string) => stamps.periodOf(text);

test('rows are an item’s periods, in their order, whatever that of the file', () => {
  const found = read([
    header,
    'a,2024-03-02,3,5,4',
    'b,2024-03-01,0,1,0.5',
    'a,2024-03-01,1,3,2',
    'b,2024-03-02,0,1,0.5',
  ]);

  expect([...found.keys()]).toEqual(['a', 'b']);
  expect(found.get('a')).toEqual({
    first: day('2024-03-01'),
    mean: Float64Array.of(2, 4),
    quantiles: [Float64Array.of(1, 3), Float64Array.of(3, 5)],
  });
});

test('columns are found by their names; others, and a header that is repeated, are passed over', () => {
  const found = read([
    'p90,note,mean,timestamp,p10,item_id',
    '5,x,4,2024-03-01 00:00:00,3,a',
    'p90,note,mean,timestamp,p10,item_id',
    '5,x,4,2024-03-02 00:00:00,3,a',
  ]);

  expect(found.get('a')).toMatchObject({ mean: Float64Array.of(4, 4) });
});

test('quantiles never cross, and without a mean the middle one stands for it', () => {
  const found = read(['item_id,timestamp,p10,p90', 'a,2024-03-01,6,5', 'a,2024-03-02,1,2']);

  expect(found.get('a')?.quantiles).toEqual([Float64Array.of(5, 1), Float64Array.of(6, 2)]);
  expect(found.get('a')?.mean).toEqual(Float64Array.of(6, 2));
});

test.each([
  ['a column that is missing', ['item_id,timestamp,p10,mean', 'a,2024-03-01,1,2'], 'no column p90'],
  ['a period that is missing', [header, 'a,2024-03-01,1,3,2'], '1 periods of an item, not 2'],
  ['a gap', [header, 'a,2024-03-01,1,3,2', 'a,2024-03-03,1,3,2'], 'follow one another'],
  ['a period twice', [header, 'a,2024-03-01,1,3,2', 'a,2024-03-01,1,3,2'], 'follow one another'],
  ['a value that is none', [header, 'a,2024-03-01,1,,2', 'a,2024-03-02,1,3,2'], '"" for a number'],
  ['a time that is none', [header, 'a,soon,1,3,2', 'a,2024-03-02,1,3,2'], '"soon" for a time'],
  ['nothing', [''], 'no column item_id'],
])('%s is refused: nothing may slip to another row', (_, lines, message) => {
  expect(() => read(lines)).toThrow(
    expect.objectContaining({ code: 'sagemaker-forecasts', message: expect.stringContaining(message) }),
  );
});
