import { mainSeasonOf } from '../main-season.ts';
import { nelderMead } from '../nelder-mead.ts';
import type { Predictor } from '../predictor.ts';
import { onScaledHistory } from '../scaled-history.ts';
import { type CesKind, type CesState, cesPass, cesStep, copyOf } from './ces-recursion.ts';

/** A longer season has more states than a series can tell. */
const LONGEST_SEASON = 60;
/** Fewer values cannot tell a level from its potential. */
const SHORTEST = 6;

interface Search {
  readonly start: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

const searches: Record<CesKind, Search> = {
  none: { start: [1.3, 1], lower: [0.01, 0.01], upper: [1.8, 1.9] },
  partial: { start: [1.3, 1, 0.1], lower: [0.01, 0.01, 0.01], upper: [1.8, 1.9, 1.5] },
  full: { start: [1.3, 1, 1.3, 1], lower: [0.01, 0.01, 0.01, 0.01], upper: [1.8, 1.9, 1.8, 1.9] },
};

/** Means of the first seasons; the backward pass puts right what is rough in them. */
const firstState = (y: Float64Array, kind: CesKind, season: number): CesState => {
  const cycles = Math.max(1, Math.min(3, Math.floor(y.length / season)));
  const early = y.subarray(0, Math.min(y.length, kind === 'none' ? 10 : cycles * season));
  const level = early.reduce((sum, value) => sum + value / early.length, 0);
  const seasonal = new Float64Array(kind === 'none' ? 0 : season);
  for (let place = 0; place < seasonal.length; place++) {
    for (let cycle = 0; cycle < cycles; cycle++) {
      seasonal[place] = (seasonal[place] as number) + ((y[cycle * season + place] ?? level) - level) / cycles;
    }
  }
  // The potential that a constant series would keep is the level itself.
  return { level, potential: level / 1.1, season: seasonal, seasonPotential: seasonal.map((value) => value / 1.1) };
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
    cesPass(y, state, kind, parameters, 'forwards');
    cesPass(y, state, kind, parameters, 'backwards');
    const squares = cesPass(y, state, kind, parameters, 'forwards');
    return { squares, state };
  };
  const { start, lower, upper } = searches[kind];
  const parameters = nelderMead((point) => Math.log(run(point).squares + 1e-12), Float64Array.from(start), {
    lower: Float64Array.from(lower),
    upper: Float64Array.from(upper),
    tolerance: 1e-4,
    iterations: 200,
  });
  const { squares, state } = run(parameters);
  const count = parameters.length + 1;
  const rest = Math.max(1, y.length - count - 1);
  const aicc = y.length * Math.log(squares / y.length) + 2 * count + (2 * count * (count + 1)) / rest;
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
      const kinds: readonly CesKind[] = season > 1 && y.length >= 2 * season ? ['none', 'partial', 'full'] : ['none'];
      const fits = kinds.map((kind) => fitKind(y, kind, season));
      const { kind, parameters, state } = fits.reduce((best, fit) => (fit.aicc < best.aicc ? fit : best));
      const next = copyOf(state);
      return Float64Array.from({ length: horizon }, (_, step) =>
        cesStep(next, kind, (y.length + step) % Math.max(1, next.season.length), undefined, parameters),
      );
    });
  },
};
