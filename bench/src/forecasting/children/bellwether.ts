import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeColumns, forecastPanel, type RawRows, regularise, resolveFrequency } from '@bellwether/forecasting';
import { type Collection, readTable } from '../collection.ts';

// usage: bellwether.ts COLLECTION_JSON CSV HOLD_OUT OUT — writes unique_id, step, mean, low, high as peer.py does.

const [described = '', file = '', holdOut = '0', out = ''] = process.argv.slice(2);
const collection = JSON.parse(described) as Collection;
const { horizon, frequency: told, known: names } = collection;

const table = readTable(dirname(file), collection);
const cut = Number(holdOut) * horizon;
// The last rows have known columns alone: they are the future that is known.
const rows = [...table.values()].flatMap((all) =>
  all.slice(0, all.length - cut).map((row, i) => ({ ...row, y: i < all.length - cut - horizon ? row.y : Number.NaN })),
);
const raw: RawRows = {
  item: rows.map(({ item }) => item),
  at: Float64Array.from(rows, ({ ds }) => Date.parse(`${ds}Z`)),
  target: Float64Array.from(rows, ({ y }) => y),
  known: names.map((_, i) => Float64Array.from(rows, ({ known }) => known[i] as number)),
  attributes: [],
};

const run = async () => {
  const { frequency } = resolveFrequency({ told, stamps: [raw.at.slice(0, table.values().next().value?.length ?? 0)] });
  const schema = { frequency, known: describeColumns(names, raw.known), attributes: [] };
  const { series } = regularise(raw, schema);
  return await forecastPanel([{ schema, series }], { horizon, ...JSON.parse(process.env.REQUEST ?? '{}') });
};

// As with the peers, what compilers make on first use is not a forecast's time.
if (process.env.WARM !== '0') await run();
const started = process.cpuUsage();
const { forecasts, plan } = await run();
const { user, system } = process.cpuUsage(started);
const seconds = (user + system) / 1e6;
const lines = forecasts.flatMap(({ item, mean, quantiles: [low, , high] }) =>
  Array.from(mean, (value, step) => [item, step, value, low?.[step], high?.[step]].join(',')),
);
writeFileSync(out, ['unique_id,step,mean,low,high', ...lines, ''].join('\n'));
console.log(JSON.stringify({ seconds, plan, weights: forecasts.map(({ weights }) => weights) }));
