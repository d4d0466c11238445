/** `partial` adds a plain season to the complex level, `full` a complex one. */
export type CesKind = 'none' | 'partial' | 'full';

/** Level and season, each a number and its "information potential"; the seasons by their place in the season. */
export interface CesState {
  level: number;
  potential: number;
  readonly season: Float64Array;
  readonly seasonPotential: Float64Array;
}

export const copyOf = (state: CesState): CesState => ({
  ...state,
  season: state.season.slice(),
  seasonPotential: state.seasonPotential.slice(),
});

/**
 * One period of complex exponential smoothing (Svetunkov, Kourentzes and Ord 2022, equations 6 and 20): changes the state
 * and returns what was expected.
 *
 * @param place of the period in the season
 * @param actual undefined where it has not come yet
 * @param parameters α0, α1 and, by kind, β or β0, β1
 */
export const cesStep = (
  state: CesState,
  kind: CesKind,
  place: number,
  actual: number | undefined,
  parameters: Float64Array,
): number => {
  const { level, potential, season, seasonPotential } = state;
  const [a0 = 0, a1 = 0, b0 = 0, b1 = 0] = parameters;
  const now = kind === 'none' ? 0 : (season[place] as number);
  const expected = level + now;
  const error = actual === undefined ? 0 : actual - expected;
  state.level = level - (1 - a1) * potential + (a0 - a1) * error;
  state.potential = level + (1 - a0) * potential + (a0 + a1) * error;
  if (kind === 'partial') season[place] = now + b0 * error;
  if (kind === 'full') {
    const before = seasonPotential[place] as number;
    season[place] = now - (1 - b1) * before + (b0 - b1) * error;
    seasonPotential[place] = now + (1 - b0) * before + (b0 + b1) * error;
  }
  return expected;
};

/**
 * Goes through a series, forwards or backwards.
 *
 * @returns the sum of squared one-step errors
 */
export const cesPass = (
  y: Float64Array,
  state: CesState,
  kind: CesKind,
  parameters: Float64Array,
  direction: 'forwards' | 'backwards',
): number => {
  const { length } = y;
  const season = Math.max(1, state.season.length);
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const t = direction === 'forwards' ? i : length - 1 - i;
    const actual = y[t] as number;
    const error = actual - cesStep(state, kind, t % season, actual, parameters);
    squares += error * error;
  }
  return squares;
};
