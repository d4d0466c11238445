/** Orders of some products, week by week, and what a model of the next week is made of. */
export interface WeeklyOrders {
  /** names of the products */
  readonly items: readonly string[];
  /** `sold[item][week]`, all weeks complete */
  readonly sold: readonly (readonly number[])[];
}

/** As the command line is told. */
export const lags = 4;
const firstMonday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

/** A whole number from 0 to below `count`, the same on every machine (Weyl sequence of the golden ratio). */
const evenly = (index: number, count: number): number => Math.floor(((index * 0.6180339887498949) % 1) * count);

/** Each product has its level and season, and a remainder that no model can know. */
export function weeklyOrders(itemCount: number, weeks: number): WeeklyOrders {
  const items = Array.from({ length: itemCount }, (_, item) => String(4000 + item));
  const sold = items.map((_, item) =>
    Array.from({ length: weeks }, (__, week) => {
      const level = 20 + evenly(item + 1, 200);
      const season = 1 + 0.3 * Math.sin((week / 13) * 2 * Math.PI + item);
      return Math.round(level * season) + evenly(item * weeks + week + 1, 15);
    }),
  );
  return { items, sold };
}

/** As they are uploaded: two orders a product and week, on its Monday and its Sunday. */
export function ordersCsv({ items, sold }: WeeklyOrders): string {
  const lines = ['PRODUCT_ID,CHECKOUT_DATE,QUANTITY'];
  for (const [at, item] of items.entries()) {
    for (const [week, quantity] of (sold[at] ?? []).entries()) {
      const dayOf = (day: number) => new Date(firstMonday + (week * 7 + day) * dayMs).toISOString().slice(0, 10);
      lines.push(`${item},${dayOf(0)},${quantity - 5}`, `${item},${dayOf(6)},5`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The last weeks' sales before a week and how each differs from the one before it; empty before the first. */
function featuresOf(sold: readonly number[], week: number): (number | '')[] {
  const back = (weeks: number): number | '' => sold[week - weeks] ?? '';
  const difference = (weeks: number): number | '' => {
    const [later, earlier] = [back(weeks), back(weeks + 1)];
    return later === '' || earlier === '' ? '' : later - earlier;
  };
  return Array.from({ length: lags }, (_, i) => [back(i + 1), difference(i + 1)]).flat();
}

/** For a peer: rows of item, features and what was sold, without a header. */
export function trainingCsv({ items, sold }: WeeklyOrders): string {
  return items
    .flatMap((item, at) =>
      (sold[at] ?? []).map((quantity, week) => [item, ...featuresOf(sold[at] ?? [], week), quantity].join(',')),
    )
    .join('\n');
}

/** For a peer: a row of item and features for the week after the last. */
export function nextWeekCsv({ items, sold }: WeeklyOrders): string {
  return items.map((item, at) => [item, ...featuresOf(sold[at] ?? [], sold[at]?.length ?? 0)].join(',')).join('\n');
}
