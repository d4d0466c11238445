import { expect, test } from '@jest/globals';
import { readPipelineMessage } from './pipeline-message.ts';

const param = { DataName: 'sales', ForecastHorizon: 90, NumberOfBacktestWindows: 2, dateCreate: '20261121' };
const read = readPipelineMessage({ param });
const faultsOf = (change: object) => {
  const answer = readPipelineMessage({ param: { ...param, ...change } });
  return answer.ok ? [] : answer.faults;
};

test('a message is read with what it leaves out', () => {
  expect(read).toEqual({ ok: true, parameters: { ...param, PerformDelete: false } });
});

test('it may be wrapped in a body, as an object or as text, and be text itself', () => {
  for (const message of [
    { body: { param } },
    { body: JSON.stringify({ param }) },
    JSON.stringify({ body: JSON.stringify({ param }) }),
    JSON.stringify({ param }),
  ]) {
    expect(readPipelineMessage(message)).toEqual(read);
  }
});

test('what is no message is told so, not thrown', () => {
  for (const message of ['{"param": ', null, 7, [], { body: 'x' }, { param: null }, undefined]) {
    expect(readPipelineMessage(message)).toEqual({ ok: false, faults: [expect.any(String)] });
  }
});

test('fields that nobody knows are refused by name, beside the parameters and among them', () => {
  expect(faultsOf({ PerfromDelete: true })).toEqual([expect.stringContaining('"PerfromDelete"')]);
  expect(readPipelineMessage({ param, retries: 3 })).toEqual({
    ok: false,
    faults: [expect.stringMatching(/^message: .*"retries"/)],
  });
});

test('a name begins with a letter and has 45 characters at most', () => {
  expect(faultsOf({ DataName: 'a'.repeat(45) })).toEqual([]);
  for (const DataName of ['a'.repeat(46), '1sales', 'sales; DROP TABLE x', 'säles', '', 7]) {
    expect(faultsOf({ DataName })).toEqual(expect.arrayContaining([expect.stringMatching(/^param\.DataName: /)]));
  }
});

test('a date is a day that there is', () => {
  expect(faultsOf({ dateCreate: '20240229' })).toEqual([]);
  for (const dateCreate of ['20230229', '20261301', '2026-11-21', '261121', 20261121]) {
    expect(faultsOf({ dateCreate })).toEqual(expect.arrayContaining([expect.stringMatching(/^param\.dateCreate: /)]));
  }
});

test('every fault is told at once', () => {
  expect(faultsOf({ ForecastHorizon: 0, NumberOfBacktestWindows: 6, Quantiles: [0.5, 0.5] })).toHaveLength(3);
});

test('quantiles may be each percentile, once', () => {
  const percentiles = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
  expect(faultsOf({ Quantiles: percentiles })).toEqual([]);
  expect(faultsOf({ Quantiles: [0.5, 0.5] })).toHaveLength(1);
  expect(faultsOf({ Quantiles: [0, 0.5] })).toHaveLength(1);
});
