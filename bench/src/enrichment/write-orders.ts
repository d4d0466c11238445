import { closeSync, openSync, writeSync } from 'node:fs';
import { createRandom } from '../random.ts';
import { day, days, start } from './calendar.ts';

const products = 1_000;
const rowsAtOnce = 20_000;

/** `2024-03-01 13:45` of each minute's day once: making a string of a Date costs more than all the rest. */
const isoDays = Array.from({ length: days }, (_, index) => new Date(start + index * day).toISOString().slice(0, 10));
const pad = (value: number): string => String(value).padStart(2, '0');

/** Orders in no order, as a CSV file that is written piece by piece: bounded memory whatever the rows. */
export function writeOrders(path: string, rows: number): void {
  const random = createRandom(rows + 1);
  const whole = (below: number) => Math.floor(random() * below);
  const file = openSync(path, 'w');
  try {
    writeSync(file, 'CHECKOUT_DATE,PRODUCT_ID,QUANTITY,PRICE\n');
    for (let first = 0; first < rows; first += rowsAtOnce) {
      const lines: string[] = [];
      for (let row = first; row < Math.min(rows, first + rowsAtOnce); row++) {
        // the last row is the latest, so that the last week is complete in small tables too
        const at = row === rows - 1 ? days * 1440 - 1 : whole(days * 1440);
        const clock = `${pad(Math.floor((at % 1440) / 60))}:${pad(at % 60)}:${pad(whole(60))}`;
        const price = (random() * 100).toFixed(2);
        const date = isoDays[Math.floor(at / 1440)];
        lines.push(`${date} ${clock},${4000 + whole(products)},${1 + whole(20)},${price}\n`);
      }
      writeSync(file, lines.join(''));
    }
  } finally {
    closeSync(file);
  }
}
