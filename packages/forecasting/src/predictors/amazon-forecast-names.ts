/** What one of Amazon Forecast's algorithms is forecast with here. */
export interface AlgorithmMapping {
  /** Names of our models; several are weighted per item by their backtests. Empty: the plan chooses. */
  readonly models: readonly string[];
  /** Why, as the answer to a request says it. */
  readonly reason: string;
}

/** The names of Amazon Forecast's algorithms, so that a request written for it runs unchanged. */
export const amazonForecastNames: Readonly<Record<string, AlgorithmMapping>> = {
  'CNN-QR': {
    models: ['boosted-trees'],
    reason: 'CNN-QR is one network over all items; boosted trees learn from all items as well, with the same columns.',
  },
  'DeepAR+': {
    models: ['boosted-trees'],
    reason:
      'DeepAR+ is one recurrent network over all items; boosted trees learn from all items and their past as well.',
  },
  Prophet: {
    models: ['mstl'],
    reason: 'Prophet adds a trend and several seasons; MSTL takes a series apart in the same way.',
  },
  NPTS: {
    models: ['npts'],
    reason:
      'NPTS draws from past values, recent ones with exponentially larger probability; so does npts, by the same rule.',
  },
  ARIMA: { models: ['arima'], reason: 'ARIMA with automatic choice of orders.' },
  ETS: { models: ['ets'], reason: 'Exponential smoothing with automatic choice of the form.' },
  AutoML: { models: [], reason: 'Models are chosen for the data and weighted per item by their backtests.' },
};

/** ARNs as `PerformAutoML` requests have them: `arn:aws:forecast:::algorithm/CNN-QR`. */
const ARN = /^arn:aws[a-z-]*:forecast:[^:]*:[^:]*:algorithm\//;

/**
 * The mapping of an algorithm's name or ARN, whatever its case and with `-`, `_` or nothing between the words.
 *
 * @returns `undefined` where Amazon Forecast has no such algorithm
 */
export const amazonAlgorithm = (name: string): AlgorithmMapping | undefined => {
  const plain = (text: string): string =>
    text
      .replace(ARN, '')
      .replace(/[-_+ ]|plus$/gi, '')
      .toLowerCase();
  return Object.entries(amazonForecastNames).find(([known]) => plain(known) === plain(name))?.[1];
};
