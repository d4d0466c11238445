import { calendarSeasons } from '../frequency/season-lengths.ts';
import type { PanelProblem } from '../panel/panel-problem.ts';
import type { PanelSchema } from '../panel/series.ts';
import type { Hyperparameters } from '../predictors/predictor.ts';
import { searchedHyperparameters } from '../search/search-space.ts';
import type { ForecastPlan, ForecastRequest, ModelName, PlannedTrees } from './forecast-plan.ts';
import { boostedTreesName } from './model-names.ts';
import { defaultWindows, type ItemFacts, type PanelFacts } from './panel-facts.ts';
import { planProblems } from './plan-problems.ts';
import { shortestHistory } from './windows.ts';

const defaultTrees: PlannedTrees = {
  maxRows: 200_000,
  rounds: 60,
  eta: 0.15,
  maxDepth: 6,
  objective: 'squared',
  quantile: 0.5,
  strategy: 'direct',
  threads: 1,
};

/** Below so many items of a usable length a global model learns one series' accidents. */
const fewestItems = 5;
/** But nobody else sees promotions and prices known ahead, from so many values on. */
const fewestValues = 300;

const tellsAhead = ({ known }: PanelSchema, { values }: PanelFacts): boolean =>
  known.length > 0 && values >= fewestValues;

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** A season counts when enough of the items that are long enough for it show it, and if none is, the shortest. */
const seasonsOf = (calendar: readonly number[], sample: readonly ItemFacts[]): number[] => {
  const found = calendar.filter((_, i) => {
    const answers = sample.flatMap(({ seasons }) => seasons[i] ?? []);
    const yes = answers.filter((answer) => answer).length;
    return answers.length > 0 && yes >= Math.max(1, 0.15 * answers.length);
  });
  const unknown = sample.every(({ seasons }) => (seasons[0] ?? null) === null);
  return found.length === 0 && unknown ? calendar.slice(0, 1) : found;
};

/** Exponential smoothing with a season costs more than all others together; without one it is cheap up to here. */
const longestForEts = 400;

/**
 * The local predictors that suit a panel: many cheap ones whose errors differ. Seasonal ETS and ARIMA are left to be
 * asked for: on 18 real collections the mixture was no better with them and took several times as long.
 */
const suitable = (
  facts: PanelFacts,
  seasons: readonly number[],
  transform: ForecastRequest['transform'] = 'auto',
): ModelName[] => {
  const zeros = medianOf(facts.sample.map(({ zeroShare }) => zeroShare));
  const usual = medianOf(facts.sample.map(({ length }) => length));
  const isLog = transform !== 'none' && !facts.sample.some(({ isNegative }) => isNegative);
  const simple = ['seasonal-naive', 'naive', 'drift', 'historic-mean', 'auto-theta', 'ces', 'croston-sba'];
  if (zeros > 0.3) return [...simple, 'theta', 'tsb'];
  if (seasons.length === 0) return usual <= longestForEts ? [...simple, 'ets'] : simple;
  const plain = transform === 'log1p' && isLog ? [] : ['mstl'];
  return [...simple, ...plain, ...(isLog ? ['log-mstl'] : []), 'mstl-theta'];
};

/** Windows before the reported ones: as many as the usual item has room for. */
const calibrationOf = (windows: number, length: number, horizon: number, step: number, season: number): number => {
  const room = Math.floor((length - Math.max(2 * season, horizon, 8) - horizon) / step) + 1;
  return Math.max(0, Math.min(Math.max(1, 4 - windows), room - windows));
};

/** The horizon, or a third of the usual history where that is too short to lose a horizon. */
const lengthOfWindow = (usual: number, horizon: number, season: number): number => {
  const third = Math.floor(usual / 3);
  const isShort = usual - horizon < Math.max(shortestHistory, Math.min(season, usual / 3));
  return isShort && third > 0 && usual - third >= shortestHistory ? Math.min(horizon, third) : horizon;
};

/** Longer ones are a mistake in the unit; their forecasts would not fit into memory. */
const longestHorizon = 10_000;
const mostWindows = 20;

const isWhole = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;

const checkRequest = ({ horizon, windows = 1, windowStep = 1, quantiles = [] }: ForecastRequest): void => {
  if (!isWhole(horizon, longestHorizon)) {
    throw new RangeError(`A horizon of ${horizon} periods is none; it is a whole number from 1 to ${longestHorizon}.`);
  }
  if (!isWhole(windows, mostWindows))
    throw new RangeError(`${windows} windows are not possible; choose 1 to ${mostWindows}.`);
  if (!isWhole(windowStep, longestHorizon)) throw new RangeError(`Windows cannot be ${windowStep} periods apart.`);
  if (quantiles.length === 0 || quantiles.some((level) => !(level > 0 && level < 1))) {
    throw new RangeError('Quantiles lie between 0 and 1, and there is at least one.');
  }
};

const forModels = <Value>(
  names: readonly ModelName[],
  settingOf: (name: ModelName) => Value | undefined,
): Readonly<Record<ModelName, Value>> | undefined => {
  const found = names.flatMap((name) => {
    const value = settingOf(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
};

/** What models have of their own: fewer windows, hyperparameters, and which of these are searched for. */
const settingsOf = (
  request: ForecastRequest,
  names: readonly ModelName[],
  windows: number,
): Pick<ForecastPlan, 'search' | 'modelWindows' | 'hyperparameters'> => {
  const { search = [], hyperparameters: given = {}, boostedTrees = {} } = request;
  const { modelWindows = {}, automaticWindows = windows } = request;
  const openOf = (name: ModelName): string[] | undefined => {
    if (search !== 'all' && !search.includes(name)) return undefined;
    const fixed: object = name === boostedTreesName ? boostedTrees : (given[name] ?? {});
    const open = searchedHyperparameters(name).filter((one) => !(one in fixed));
    return open.length === 0 ? undefined : open;
  };
  const windowsOf = (name: ModelName): number | undefined => {
    const own = modelWindows[name] ?? automaticWindows;
    return own < windows ? own : undefined;
  };
  const givenTo = (name: ModelName): Hyperparameters | undefined =>
    name === boostedTreesName || Object.keys(given[name] ?? {}).length === 0 ? undefined : given[name];
  const found = {
    modelWindows: forModels(names, windowsOf),
    hyperparameters: forModels(names, givenTo),
    search: forModels(names, openOf),
  };
  return {
    ...(found.modelWindows && { modelWindows: found.modelWindows }),
    ...(found.hyperparameters && { hyperparameters: found.hyperparameters }),
    ...(found.search && { search: found.search }),
  };
};

export interface PlannedForecast {
  readonly plan: ForecastPlan;
  readonly problems: readonly PanelProblem[];
}

/**
 * Decides everything that a request leaves open, from the facts of all items.
 *
 * @param available names of the local predictors that there are
 * @throws RangeError where the request is none: a horizon below 1 or above 10,000, quantiles outside of 0 to 1, a
 *   predictor that there is none of
 */
export const planForecast = (
  request: ForecastRequest,
  schema: PanelSchema,
  facts: PanelFacts,
  available: readonly ModelName[],
): PlannedForecast => {
  const { horizon, windows = defaultWindows, quantiles = [0.1, 0.5, 0.9], combine = 'ensemble', seed = 0 } = request;
  checkRequest({ ...request, windows, quantiles });
  const calendar = calendarSeasons(schema.frequency);
  const seasonLengths = seasonsOf(calendar, facts.sample);
  const lengths = facts.sample.map(({ length }) => length).filter((length) => length > 1);
  const usual = medianOf(lengths);
  const [season = 1] = seasonLengths;
  const windowLength = lengthOfWindow(usual, horizon, season);
  const room = Math.floor((usual - Math.max(2 * season, 8) - windowLength) / Math.max(1, windows));
  const windowStep = request.windowStep ?? Math.max(1, Math.min(horizon, room));
  const isGlobal = usual >= 4 && (facts.items - facts.empty >= fewestItems || tellsAhead(schema, facts));
  const names = request.models ?? [
    ...new Set([
      ...suitable(facts, seasonLengths, request.transform),
      ...(isGlobal ? [boostedTreesName] : []),
      ...(request.extraModels ?? []),
    ]),
  ];
  const unknown = names.find((name) => name !== boostedTreesName && !isKnown(name, available));
  if ((request.models ?? request.extraModels) !== undefined && unknown !== undefined)
    throw new RangeError(`There is no predictor "${unknown}".`);
  const plan: ForecastPlan = {
    horizon,
    quantiles: [...new Set(quantiles)].sort((a, b) => a - b),
    lastPeriod: facts.lastPeriod ?? 0,
    windows,
    calibrationWindows: calibrationOf(windows, usual, windowLength, windowStep, season),
    windowStep,
    windowLength,
    predictors: names.filter((name) => name !== boostedTreesName && isKnown(name, available)),
    ...(names.includes(boostedTreesName) ? { boostedTrees: { ...defaultTrees, ...request.boostedTrees } } : {}),
    ...settingsOf(request, names, windows),
    combine,
    seasonLengths,
    seed,
  };
  return { plan, problems: planProblems(plan, schema, facts, calendar) };
};

const isKnown = (name: string, available: readonly string[]): boolean => available.includes(name.replace(/^log-/, ''));
