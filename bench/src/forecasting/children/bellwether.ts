import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeColumns, forecastPanel, type RawRows, regularise, resolveFrequency } from '@bellwether/forecasting';
import { readTable } from '../collection.ts';
import type { ForecastTask } from '../contestants.ts';

// usage: bellwether.ts TASKS_JSON — does what peer.py does, with the same output.

const request = JSON.parse(process.env.REQUEST ?? '{}') as object;

const panelOf = ({ collection, file, holdOut }: ForecastTask) => {
  const { horizon, frequency: told, known: names } = collection;
  const table = readTable(dirname(file), collection);
  const cut = holdOut * horizon;
  // The last rows have known columns alone: they are the future that is known.
  const rows = [...table.values()].flatMap((all) =>
    all
      .slice(0, all.length - cut)
      .map((row, i) => ({ ...row, y: i < all.length - cut - horizon ? row.y : Number.NaN })),
  );
  const raw: RawRows = {
    item: rows.map(({ item }) => item),
    at: Float64Array.from(rows, ({ ds }) => Date.parse(`${ds}Z`)),
    target: Float64Array.from(rows, ({ y }) => y),
    known: names.map((_, i) => Float64Array.from(rows, ({ known }) => known[i] as number)),
    attributes: [],
  };
  const first = table.values().next().value?.length ?? 0;
  return async () => {
    const { frequency } = resolveFrequency({ told, stamps: [raw.at.slice(0, first)] });
    const schema = { frequency, known: describeColumns(names, raw.known), attributes: [] };
    const { series } = regularise(raw, schema);
    return await forecastPanel([{ schema, series }], { horizon, ...request });
  };
};

const forecast = async (task: ForecastTask): Promise<number> => {
  const run = panelOf(task);
  const started = process.cpuUsage();
  const { forecasts } = await run();
  const { user, system } = process.cpuUsage(started);
  const lines = forecasts.flatMap(({ item, mean, quantiles: [low, , high] }) =>
    Array.from(mean, (value, step) => [item, step, value, low?.[step], high?.[step]].join(',')),
  );
  writeFileSync(task.out, ['unique_id,step,mean,low,high', ...lines, ''].join('\n'));
  return (user + system) / 1e6;
};

const tasks = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as readonly ForecastTask[];
const [first] = tasks;
// As with the peers, what compilers make on first use is not a forecast's time.
if (first !== undefined) await forecast(first);
for (const task of tasks) console.log(JSON.stringify({ seconds: await forecast(task) }));
