import { classicalSeason } from '../classical-decomposition.ts';
import { mainSeasonOf } from '../main-season.ts';
import { nelderMead } from '../nelder-mead.ts';
import type { Predictor } from '../predictor.ts';
import { onScaledHistory } from '../scaled-history.ts';
import { type CesKind, type CesState, cesPasses, cesStep, copyOf } from './ces-recursion.ts';

/** A longer season has more states than a series can tell. */
const LONGEST_SEASON = 60;
/** Fewer values cannot tell a level from its potential. */
const SHORTEST = 6;
/** Keeps the logarithm of a perfect fit finite, in the squared units of scaled values. */
const LEAST_SQUARES = 1e-20;

interface Search {
  readonly start: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** Where the search begins and its box, as in statsforecast: other bounds give other minima. */
const search = (...start: number[]): Search => ({
  start,
  lower: start.map(() => 0.01),
  upper: [1.8, 1.9, 1.5, 1.5].slice(0, start.length),
});

const searches: Record<CesKind, Search> = {
  none: search(1.3, 1),
  simple: search(1.3, 1),
  partial: search(1.3, 1, 0.1),
  full: search(1.3, 1, 1.3, 1),
};

/** A constant series would keep a potential equal to its level; the backward pass puts right what is rough in this. */
const potentialOf = (level: number): number => level / 1.1;

/** The first values as they are, or their mean and the seasonal figures around it. */
const firstState = (y: Float64Array, kind: CesKind, season: number): CesState => {
  const early = y.subarray(0, Math.min(y.length, kind === 'none' ? 10 : season));
  const level = early.reduce((sum, value) => sum + value, 0) / early.length;
  const seasonal = {
    none: () => new Float64Array(0),
    simple: () => early.slice(),
    partial: () => classicalSeason(y, season, 'additive'),
    full: () => classicalSeason(y, season, 'additive'),
  }[kind]();
  return { level, potential: potentialOf(level), season: seasonal, seasonPotential: seasonal.map(potentialOf) };
};

interface CesFit {
  readonly kind: CesKind;
  readonly parameters: Float64Array;
  readonly state: CesState;
  /** Akaike's criterion, corrected for short series. */
  readonly aicc: number;
}

const fitKind = (y: Float64Array, kind: CesKind, season: number): CesFit => {
  const first = firstState(y, kind, season);
  const run = (parameters: Float64Array): { squares: number; state: CesState } => {
    const state = copyOf(first);
    return { squares: cesPasses(y, state, kind, parameters), state };
  };
  const { start, lower, upper } = searches[kind];
  const parameters = nelderMead(
    (point) => y.length * Math.log(run(point).squares + LEAST_SQUARES),
    Float64Array.from(start),
    { lower: Float64Array.from(lower), upper: Float64Array.from(upper), tolerance: 1e-4, iterations: 1000 },
  );
  const { squares, state } = run(parameters);
  const count = parameters.length + 1;
  const rest = Math.max(1, y.length - count - 1);
  const aicc = y.length * Math.log(squares + LEAST_SQUARES) + 2 * count + (2 * count * (count + 1)) / rest;
  return { kind, parameters, state, aicc: Number.isNaN(aicc) ? Number.POSITIVE_INFINITY : aicc };
};

/**
 * Complex exponential smoothing with automatic choice of the season (Svetunkov, Kourentzes and Ord 2022): level and
 * growth in one complex number, so that no form of trend has to be chosen. First states by backcasting. `undefined`
 * below six values.
 */
export const ces: Predictor = {
  name: 'ces',
  forecast: (history, { horizon, seasonLengths }) => {
    const main = mainSeasonOf(seasonLengths);
    const season = main > LONGEST_SEASON ? 1 : main;
    return onScaledHistory(history, season, horizon, (y) => {
      if (y.length < SHORTEST) return undefined;
      const kinds: readonly CesKind[] =
        season > 1 && y.length >= 2 * season ? ['none', 'simple', 'partial', 'full'] : ['none'];
      const fits = kinds.map((kind) => fitKind(y, kind, season));
      const { kind, parameters, state } = fits.reduce((best, fit) => (fit.aicc < best.aicc ? fit : best));
      const next = copyOf(state);
      return Float64Array.from({ length: horizon }, (_, step) =>
        cesStep(next, kind, (y.length + step) % Math.max(1, next.season.length), undefined, parameters),
      );
    });
  },
};
