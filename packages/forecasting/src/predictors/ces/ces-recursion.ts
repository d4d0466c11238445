/** `simple` has a level of its own for each period of the season, `partial` adds a plain season to one, `full` a complex one. */
export type CesKind = 'none' | 'simple' | 'partial' | 'full';

/**
 * Level and season, each a number and its "information potential"; the seasons by their place in the season. For
 * `simple` the seasons are the levels, and there is no other.
 */
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

/** Moves the season's place on by an error, as complex smoothing with these two parameters does. */
const smoothSeason = (state: CesState, place: number, error: number, real: number, imaginary: number): void => {
  const now = state.season[place] as number;
  const before = state.seasonPotential[place] as number;
  state.season[place] = now - (1 - imaginary) * before + (real - imaginary) * error;
  state.seasonPotential[place] = now + (1 - real) * before + (real + imaginary) * error;
};

const updateSeason = (state: CesState, kind: CesKind, place: number, error: number, parameters: Float64Array): void => {
  const [a0 = 0, a1 = 0, b0 = 0, b1 = 0] = parameters;
  if (kind === 'simple') smoothSeason(state, place, error, a0, a1);
  else if (kind === 'partial') state.season[place] = (state.season[place] as number) + b0 * error;
  else if (kind === 'full') smoothSeason(state, place, error, b0, b1);
};

const updateLevel = (state: CesState, error: number, parameters: Float64Array): void => {
  const { level, potential } = state;
  const [a0 = 0, a1 = 0] = parameters;
  state.level = level - (1 - a1) * potential + (a0 - a1) * error;
  state.potential = level + (1 - a0) * potential + (a0 + a1) * error;
};

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
  const season = kind === 'none' ? 0 : (state.season[place] as number);
  const expected = kind === 'simple' ? season : state.level + season;
  const error = actual === undefined ? 0 : actual - expected;
  if (kind !== 'simple') updateLevel(state, error, parameters);
  updateSeason(state, kind, place, error, parameters);
  return expected;
};

/**
 * `cesStep` at each period of a series; returns the sum of squared one-step errors. Almost all time of a fit goes by
 * here, so the step is written out once more, with the same arithmetic, on plain numbers.
 */
const pass = (
  y: Float64Array,
  state: CesState,
  kind: CesKind,
  parameters: Float64Array,
  direction: 'forwards' | 'backwards',
): number => {
  const { season, seasonPotential } = state;
  const { length } = y;
  const period = Math.max(1, season.length);
  const isSimple = kind === 'simple';
  const [a0 = 0, a1 = 0] = parameters;
  const [b0 = 0, b1 = 0] = isSimple ? parameters : parameters.subarray(2);
  let { level, potential } = state;
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const t = direction === 'forwards' ? i : length - 1 - i;
    const place = t % period;
    const now = kind === 'none' ? 0 : (season[place] as number);
    const error = (y[t] as number) - (isSimple ? now : level + now);
    squares += error * error;
    if (!isSimple) {
      const before = level;
      level = before - (1 - a1) * potential + (a0 - a1) * error;
      potential = before + (1 - a0) * potential + (a0 + a1) * error;
    }
    if (kind === 'partial') season[place] = now + b0 * error;
    else if (kind !== 'none') {
      const before = seasonPotential[place] as number;
      season[place] = now - (1 - b1) * before + (b0 - b1) * error;
      seasonPotential[place] = now + (1 - b0) * before + (b0 + b1) * error;
    }
  }
  state.level = level;
  state.potential = potential;
  return squares;
};

/** At an end of the series the next pass begins with what is expected beyond it: one step of the level, one season of the seasons. */
const turn = (state: CesState, kind: CesKind, parameters: Float64Array): void => {
  updateLevel(state, 0, parameters);
  for (let place = 0; place < state.season.length; place++) updateSeason(state, kind, place, 0, parameters);
};

/**
 * Forwards, backwards for the first states (backcasting), and forwards again.
 *
 * @param state as it may have been before the series; changed to that after it
 * @returns the sum of squared one-step errors of the last pass
 */
export const cesPasses = (y: Float64Array, state: CesState, kind: CesKind, parameters: Float64Array): number => {
  pass(y, state, kind, parameters, 'forwards');
  turn(state, kind, parameters);
  pass(y, state, kind, parameters, 'backwards');
  turn(state, kind, parameters);
  return pass(y, state, kind, parameters, 'forwards');
};
