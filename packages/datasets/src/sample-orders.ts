/** Mulberry32: 32 bits of state, the same numbers on every machine. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Weighted = readonly (readonly [value: string, weight: number])[];

const channels: Weighted = [
  ['web', 0.5],
  ['store', 0.3],
  ['phone', 0.08],
  ['marketplace', 0.12],
];
const regions: Weighted = [
  ['north', 0.3],
  ['south', 0.25],
  ['east', 0.25],
  ['west', 0.2],
];
const segments: Weighted = [
  ['consumer', 0.6],
  ['small business', 0.3],
  ['corporate', 0.1],
];
const categories: Weighted = [
  ['stationery', 0.35],
  ['kitchen', 0.25],
  ['garden', 0.2],
  ['electronics', 0.2],
];

/** Usual unit price of a category. */
const basePrice: Readonly<Record<string, number>> = { stationery: 6, kitchen: 28, garden: 45, electronics: 180 };
/** What the channel adds: shipping, counselling, commission. */
const channelFactor: Readonly<Record<string, number>> = { web: 1, store: 1.04, phone: 1.1, marketplace: 0.93 };
const regionFactor: Readonly<Record<string, number>> = { north: 1, south: 0.97, east: 0.95, west: 1.06 };
const usualQuantity: Readonly<Record<string, number>> = { consumer: 2, 'small business': 6, corporate: 20 };

const firstDay = Date.UTC(2023, 0, 1);
const dayMilliseconds = 86_400_000;
const header = 'order_id,order_date,channel,region,category,customer_segment,quantity,unit_price,discount,amount';

function pick(choices: Weighted, random: () => number): string {
  let rest = random();
  for (const [value, weight] of choices) {
    rest -= weight;
    if (rest < 0) return value;
  }
  return choices[0]?.[0] ?? '';
}

/** Box and Muller's transform. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function orderLine(index: number, rows: number, random: () => number): string {
  const day = Math.floor((index / rows) * 730);
  const date = new Date(firstDay + day * dayMilliseconds).toISOString().slice(0, 10);
  const channel = pick(channels, random);
  const region = pick(regions, random);
  const category = pick(categories, random);
  const segment = pick(segments, random);
  const quantity = 1 + Math.floor(-Math.log(1 - random()) * (usualQuantity[segment] ?? 1));
  const unitPrice = (basePrice[category] ?? 1) * Math.exp(0.35 * normal(random));
  const discount = random() < 0.55 ? 0 : Math.ceil(random() * 6) * 5;
  // rebates grow in steps with the quantity, gardens sell in summer, and what is left is noise
  const rebate = quantity >= 50 ? 0.85 : quantity >= 10 ? 0.92 : 1;
  const season = category === 'garden' ? 1 + 0.15 * Math.sin(((day % 365) / 365) * 2 * Math.PI - Math.PI / 2) : 1;
  const factors = (channelFactor[channel] ?? 1) * (regionFactor[region] ?? 1) * rebate * season;
  const amount = quantity * unitPrice * (1 - discount / 100) * factors * Math.exp(0.05 * normal(random)) + 2.5;
  const shownDiscount = random() < 0.08 ? '' : String(discount / 100);
  const shownSegment = random() < 0.06 ? '' : segment;
  const id = `O-${String(100_000 + index)}`;
  return [
    id,
    date,
    channel,
    region,
    category,
    shownSegment,
    quantity,
    unitPrice.toFixed(2),
    shownDiscount,
    amount.toFixed(2),
  ].join(',');
}

/**
 * A table of made-up orders as CSV, the same for the same arguments: a date, categories, numbers, some values
 * missing, and the numeric target `amount`, which depends on all of them in steps, products and seasons.
 */
export function sampleOrdersCsv(rows = 6_000, seed = 1): string {
  const random = createRandom(seed);
  const lines = Array.from({ length: rows }, (_, index) => orderLine(index, rows, random));
  return `${[header, ...lines].join('\n')}\n`;
}
