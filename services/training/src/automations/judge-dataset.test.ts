import { expect, test } from '@jest/globals';
import { judgeDataset } from './judge-dataset.ts';

const uploads = { new_rows: null, counted_rows: null, counted_id: null };
const growth = { new_rows: 10, counted_rows: 100, counted_id: 'ds_5' };
const arrival = (id: string, rows: number, isAppended = true) => ({ id, rows, isAppended });

test('an upload is what an automation without rows waits for; rows that were appended are not', () => {
  expect(judgeDataset(uploads, arrival('ds_1', 5, false))).toEqual({ runs: true });
  expect(judgeDataset(uploads, arrival('ds_1', 5, true))).toEqual({ runs: false });
});

test.each([
  ['too few rows', arrival('ds_6', 109), { runs: false }],
  ['enough rows', arrival('ds_6', 110), { runs: true, counted: { rows: 110, datasetId: 'ds_6' } }],
  ['an upload that has grown', arrival('ds_6', 250, false), { runs: true, counted: { rows: 250, datasetId: 'ds_6' } }],
  ['a smaller table', arrival('ds_6', 40, false), { runs: false, counted: { rows: 40, datasetId: 'ds_6' } }],
  ['the table of the last run again', arrival('ds_5', 100), { runs: false }],
  ['a table before it, that comes late', arrival('ds_4', 500), { runs: false }],
])('rows are counted from the last run: %s', (_, dataset, verdict) => {
  expect(judgeDataset(growth, dataset)).toEqual(verdict);
});

test('where there was no table, all rows of the first are new', () => {
  const fresh = { new_rows: 10, counted_rows: null, counted_id: null };
  expect(judgeDataset(fresh, arrival('ds_1', 9, false)).runs).toBe(false);
  expect(judgeDataset(fresh, arrival('ds_1', 10, false)).runs).toBe(true);
});
