import { writeFileSync } from 'node:fs';
import { sampleSeries } from '../packages/fred-sample/src/sample-series.ts';

/**
 * node scripts/make-sample-sales.ts [file]: samples/sales.csv, or standard output without a file. Made-up weekly sales of
 * four products, of which fewer are sold the more people are without work.
 */
const products = [
  ['P-10', 'kitchen', 28],
  ['P-20', 'garden', 45],
  ['P-30', 'stationery', 6],
  ['P-40', 'electronics', 180],
] as const;
const weeks = 260;
const firstWeek = Date.UTC(2000, 0, 3);
const week = 7 * 86_400_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A linear congruential generator: the same table on every machine. */
let state = 20_061_117;
const random = (): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

/** The rate of the quarter in which a day lies. */
function unemployment(time: number): number {
  const rate = sampleSeries.find(({ id }) => id === 'UNRATE');
  if (rate === undefined) throw new Error('the sample has no UNRATE');
  const day = new Date(time);
  const quarters = (day.getUTCFullYear() - Number(rate.start.slice(0, 4))) * 4 + Math.floor(day.getUTCMonth() / 3);
  return rate.values[quarters] ?? Number.NaN;
}

/** `17-Nov-06` */
function spelled(time: number): string {
  const day = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(day.getUTCDate())}-${months[day.getUTCMonth()]}-${two(day.getUTCFullYear() % 100)}`;
}

function line(time: number, [product, category, usual]: (typeof products)[number]): string {
  const price = usual * (0.85 + 0.3 * random());
  const promotion = random() < 0.2;
  const season = category === 'garden' ? 1 + 0.1 * Math.sin((2 * Math.PI * (time - firstWeek)) / (52 * week) - 1.5) : 1;
  const demand = 60 * Math.exp(-0.15 * (unemployment(time) - 5)) * season * (promotion ? 1.5 : 1);
  const quantity = Math.round(demand * (usual / price) * (0.92 + 0.16 * random()));
  return [spelled(time), product, category, price.toFixed(2), promotion ? 'yes' : 'no', quantity].join(',');
}

const lines = Array.from({ length: weeks }, (_, index) =>
  products.map((product) => line(firstWeek + index * week, product)),
);
const csv = `${['OrderDate,Product,Category,UnitPrice,Promotion,Quantity', ...lines.flat()].join('\n')}\n`;
const [, , path] = process.argv;
if (path === undefined) process.stdout.write(csv);
else writeFileSync(path, csv);
