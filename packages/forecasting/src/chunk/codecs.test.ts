import { expect, test } from '@jest/globals';
import { globalForecasts } from '../global/global-forecasts.ts';
import { fitBoostedTrees } from '../global/global-model.ts';
import { drawTrainingRows, planFeatures } from '../global/training-rows.ts';
import type { PanelChunk } from '../panel/series.ts';
import { panelFacts } from '../plan/panel-facts.ts';
import { planForecast } from '../plan/plan-forecast.ts';
import { decodeChunk, decodeGlobalModel, encodeChunk, encodeGlobalModel } from './codecs.ts';

const chunk: PanelChunk = {
  schema: {
    frequency: { unit: 'week', count: 1, anchor: 5 },
    known: [{ name: 'promotion', kind: 'category', categories: ['none', 'half price'] }],
    attributes: [{ name: 'store', kind: 'number' }],
  },
  series: ['a', 'ü, "b"'].map((item, i) => ({
    item,
    first: 5 - 7 * i,
    values: Float64Array.from({ length: 60 }, (_, t) => (t === 3 ? Number.NaN : 20 + i + ((t * 7) % 5))),
    known: [Float64Array.from({ length: 65 }, (_, t) => t % 2)],
    attributes: Float64Array.of(i),
  })),
};

test('a chunk comes out of its bytes as it went in, missing values and all', () => {
  expect(decodeChunk(encodeChunk(chunk))).toEqual(chunk);
});

test('bytes anywhere in a larger buffer are read', () => {
  const bytes = encodeChunk(chunk);
  const larger = Buffer.alloc(bytes.length + 3);
  larger.set(bytes, 3);
  expect(decodeChunk(larger.subarray(3))).toEqual(chunk);
});

test('bytes that are no chunk, or cut off, are refused', () => {
  const bytes = encodeChunk(chunk);
  expect(() => decodeChunk(new TextEncoder().encode('unique_id,ds,y with more than a head'))).toThrow(RangeError);
  expect(() => decodeChunk(bytes.subarray(0, bytes.length - 8))).toThrow(RangeError);
});

test('a global model forecasts the same after a journey through bytes', async () => {
  const { schema, series } = chunk;
  const facts = panelFacts(series, schema, { horizon: 4 });
  const { plan } = planForecast({ horizon: 4, models: ['boosted-trees'] }, schema, facts, []);
  const rows = drawTrainingRows(chunk, plan, planFeatures(schema, plan, facts), 'final', 1);
  const model = await fitBoostedTrees([rows], plan);
  if (model === undefined) throw new Error('There is no model.');
  const origins = series.map(({ values }) => values.length);
  const forecasts = globalForecasts(model, schema, series, plan, origins);
  expect(forecasts.map((forecast) => forecast?.length)).toEqual([4, 4]);
  expect(globalForecasts(decodeGlobalModel(encodeGlobalModel(model)), schema, series, plan, origins)).toEqual(
    forecasts,
  );
});
