import type { Hyperparameters, Predictor } from '../predictors/predictor.ts';

const prefix = 'log-';

/** So far above all that was, an exponential trend has run away. */
const runAway = 10;

/**
 * A predictor that sees log1p of the history in units of its mean, so that growth and seasons multiply whatever the
 * unit. Forecasts are medians: their back-transform is one too. None for histories with negative values.
 */
export const onLogScale = (predictor: Predictor): Predictor => ({
  name: `${prefix}${predictor.name}`,
  forecast: (history, options) => {
    const mean = history.reduce((sum, value) => sum + value, 0) / history.length;
    if (history.some((value) => value < 0) || !(mean > 0)) return undefined;
    const unit = mean / 100;
    const forecast = predictor.forecast(
      history.map((value) => Math.log1p(value / unit)),
      options,
    );
    const most = runAway * history.reduce((high, value) => Math.max(high, value), 0);
    return forecast?.map((value) => Math.min(most, Math.max(0, Math.expm1(value)) * unit));
  },
});

const configured = (predictor: Predictor, hyperparameters: Hyperparameters | undefined): Predictor =>
  (hyperparameters && predictor.withHyperparameters?.(hyperparameters)) ?? predictor;

/**
 * The predictors of a plan; `log-arima` is `arima` on the log scale.
 *
 * @param hyperparameters by name, where they are not the defaults
 * @throws RangeError for a name that there is none of
 */
export const predictorsOf = (
  names: readonly string[],
  registry: Readonly<Record<string, Predictor>>,
  hyperparameters: Readonly<Record<string, Hyperparameters>> = {},
): Predictor[] =>
  names.map((name) => {
    const found = registry[name];
    if (found !== undefined) return configured(found, hyperparameters[name]);
    const plain = name.startsWith(prefix) ? registry[name.slice(prefix.length)] : undefined;
    if (plain === undefined) throw new RangeError(`There is no predictor "${name}".`);
    return onLogScale(configured(plain, hyperparameters[name]));
  });
