import type { ArimaOrder } from './arima-order.ts';
import { chooseDifferences } from './differencing.ts';
import { type ArimaFit, fitArima } from './fit-arima.ts';

/** Fewer values than this say nothing about a dependence. */
const SHORTEST = 7;
const MOST_MODELS = 94;
const MOST_LAGS = 5;
const MOST_SEASONAL_LAGS = 2;
/** Models of the search that are fitted again with the exact likelihood, which then decides. */
const REFITS = 2;

type Change = Partial<Pick<Record<keyof ArimaOrder, number>, 'p' | 'q' | 'seasonalP' | 'seasonalQ'>>;

/** The neighbours that Hyndman and Khandakar's search tries, in its order: the seasonal part first. */
const CHANGES: readonly Change[] = [
  { seasonalP: -1 },
  { seasonalQ: -1 },
  { seasonalP: 1 },
  { seasonalQ: 1 },
  { seasonalP: -1, seasonalQ: -1 },
  { seasonalP: -1, seasonalQ: 1 },
  { seasonalP: 1, seasonalQ: -1 },
  { seasonalP: 1, seasonalQ: 1 },
  { p: -1 },
  { q: -1 },
  { p: 1 },
  { q: 1 },
  { p: -1, q: -1 },
  { p: -1, q: 1 },
  { p: 1, q: -1 },
  { p: 1, q: 1 },
];

const changed = (order: ArimaOrder, change: Change): ArimaOrder => ({
  ...order,
  p: order.p + (change.p ?? 0),
  q: order.q + (change.q ?? 0),
  seasonalP: order.seasonalP + (change.seasonalP ?? 0),
  seasonalQ: order.seasonalQ + (change.seasonalQ ?? 0),
});

const keyOf = ({ p, q, seasonalP, seasonalQ, constant }: ArimaOrder): string =>
  `${p},${q},${seasonalP},${seasonalQ},${constant}`;

const startingOrders = (none: ArimaOrder, lags: number, seasonalLags: number): ArimaOrder[] => {
  const one = Math.min(1, lags);
  const oneSeason = Math.min(1, seasonalLags);
  const two = Math.min(2, lags);
  const orders = [
    { ...none, p: two, q: two, seasonalP: oneSeason, seasonalQ: oneSeason },
    none,
    { ...none, p: one, seasonalP: oneSeason },
    { ...none, q: one, seasonalQ: oneSeason },
  ];
  return none.constant ? [...orders, { ...none, constant: false }] : orders;
};

/** Limits of a search. */
interface SearchSpace {
  readonly lags: number;
  readonly seasonalLags: number;
}

const isWithin = (order: ArimaOrder, { lags, seasonalLags }: SearchSpace): boolean =>
  [order.p, order.q].every((lag) => lag >= 0 && lag <= lags) &&
  [order.seasonalP, order.seasonalQ].every((lag) => lag >= 0 && lag <= seasonalLags);

/** All models tried on the way from the best of `starts` to one that no neighbour beats. */
const searchStepwise = (y: Float64Array, starts: readonly ArimaOrder[], space: SearchSpace): ArimaFit[] => {
  const tried = new Set<string>();
  const fits: ArimaFit[] = [];
  let best: ArimaFit | undefined;
  const isBetter = (order: ArimaOrder): boolean => {
    if (!isWithin(order, space) || tried.has(keyOf(order)) || tried.size >= MOST_MODELS) return false;
    tried.add(keyOf(order));
    const fit = fitArima(y, order, 'conditional');
    if (fit === undefined) return false;
    fits.push(fit);
    if (fit.aicc >= (best?.aicc ?? Number.POSITIVE_INFINITY)) return false;
    best = fit;
    return true;
  };
  for (const order of starts) isBetter(order);
  const mayHaveConstant = starts.some(({ constant }) => constant);
  for (let centre = best?.order; centre !== undefined; ) {
    const from: ArimaOrder = centre;
    const found =
      CHANGES.some((change) => isBetter(changed(from, change))) ||
      (mayHaveConstant && isBetter({ ...from, constant: !from.constant }));
    centre = found ? best?.order : undefined;
  }
  return fits.sort((a, b) => a.aicc - b.aicc);
};

/**
 * The stepwise search of Hyndman and Khandakar (2008): differences by tests, then from the best of up to five models to
 * a better neighbour by AICc until there is none. Unlike forecast::auto.arima it searches short series, too, with the
 * conditional likelihood, and lets the exact one choose between the best two: a fifth of the time and, on the series
 * that this was tried on, forecasts that are no worse.
 *
 * @param y scaled values, not all the same
 * @param season length of the season, 1 for none
 * @returns `undefined` below seven values, or where no model can be fitted
 */
export const selectArima = (y: Float64Array, season: number): ArimaFit | undefined => {
  if (y.length < SHORTEST) return undefined;
  const differences = chooseDifferences(y, season);
  const seasonalLags = season > 1 ? Math.min(MOST_SEASONAL_LAGS, Math.floor(y.length / 3 / season)) : 0;
  const lags = Math.min(MOST_LAGS, Math.floor(y.length / 3), season > 1 ? season - 1 : MOST_LAGS);
  const constant = differences.d + differences.seasonalD <= 1;
  const none = { ...differences, season, p: 0, q: 0, seasonalP: 0, seasonalQ: 0, constant };
  const starts = startingOrders(none, y.length < 10 ? Math.min(1, lags) : lags, seasonalLags);
  const fits = searchStepwise(y, starts, { lags, seasonalLags });
  const exact = fits
    .slice(0, REFITS)
    .flatMap(({ order, minimum }) => fitArima(y, order, 'exact', minimum) ?? [])
    .sort((a, b) => a.aicc - b.aicc);
  return exact[0] ?? fits[0];
};
