/** What AutoML takes of a request. */
export const longestHorizon = 500;
export const mostQuantiles = 5;

/** Amazon Forecast's names of what AutoML calls by its own, and the ensemble of all. */
const algorithms: Readonly<Record<string, string>> = {
  'CNN-QR': 'cnn-qr',
  'DeepAR+': 'deepar',
  Prophet: 'prophet',
  NPTS: 'npts',
  ARIMA: 'arima',
  ETS: 'ets',
};

const plain = (name: string): string =>
  name
    .replace(/^arn:aws[a-z-]*:forecast:[^:]*:[^:]*:algorithm\//, '')
    .replace(/[-_+ ]|plus$/gi, '')
    .toLowerCase();

/** Names under which a request may choose. */
export const automlNames: readonly string[] = [...Object.keys(algorithms), 'AutoML'];

/**
 * AutoML's algorithm of a name, whatever its case.
 *
 * @returns `all` where the name leaves the choice open; undefined where AutoML has no such algorithm
 */
export function automlAlgorithm(name: string): string | undefined {
  const asked = plain(name);
  if (asked === 'automl') return 'all';
  return Object.entries(algorithms).find(([known]) => plain(known) === asked)?.[1];
}

/** A quantile as AutoML names it: whole percents from 1 to 99. Undefined for any other. */
export function automlQuantile(level: number): string | undefined {
  const percent = Number((level * 100).toFixed(6));
  return Number.isInteger(percent) && percent >= 1 && percent <= 99 ? `p${percent}` : undefined;
}
