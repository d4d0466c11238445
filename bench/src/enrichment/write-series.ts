import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../random.ts';
import { day, days, start } from './calendar.ts';
import type { Task } from './task.ts';

/** Days between two observations of each series: daily, weekly, monthly and quarterly ones. */
const frequencies = [1, 1, 1, 7, 7, 30, 30, 30, 30, 91];

/** Ten series that begin a year before the orders and end with them, by id. */
export function writeSeries(folder: string): Task['series'] {
  const random = createRandom(7);
  const files: Record<string, { json: string; csv: string }> = {};
  for (const [index, frequency] of frequencies.entries()) {
    const observations: { date: string; value: number }[] = [];
    let value = 100;
    for (let at = start - 400 * day; at < start + days * day; at += frequency * day) {
      value += random() - 0.5;
      const date = new Date(at).toISOString().slice(0, 10);
      observations.push({ date, value: Number(value.toFixed(4)) });
    }
    const id = `SERIES${index}`;
    const [json, csv] = [join(folder, `${id}.json`), join(folder, `${id}.csv`)];
    writeFileSync(json, JSON.stringify({ observations }));
    writeFileSync(csv, `date,value\n${observations.map((o) => `${o.date},${o.value}\n`).join('')}`);
    files[id] = { json, csv };
  }
  return files;
}
