/** Name of a quantile's column in tables of forecasts and backtests: `p90` for 0.9, `p2.5` for 0.025. */
export const quantileColumn = (level: number): string => `p${Number((level * 100).toFixed(6))}`;

/** The name under which the mixture of all models stands among them in backtests and scores. */
export const mixtureName = 'ensemble';

/** Columns that tables of forecasts and backtests have beside the item, the time and the quantiles. */
export const forecastTableColumns = ['mean', 'window', 'model', 'actual', 'scale'] as const;

/** A number with the fifteen digits that a double is sure of, for tables that people read: 5 and not 4.999999999999998. */
export const sureDigits = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(15)));
