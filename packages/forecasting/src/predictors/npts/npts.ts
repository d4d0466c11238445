import { mainSeasonOf } from '../main-season.ts';
import type { Hyperparameters, Predictor } from '../predictor.ts';
import { samplingMeans } from './sampling-means.ts';

/** Amazon Forecast's default: a value loses one percent of its weight a period. */
const DEFAULT_DECAY = 0.01;
/** Older values would cost time; by default they weigh next to nothing. */
const DEFAULT_CONTEXT = 5_000;

const nptsWith = ({
  kernel_type = 'exponential',
  exp_kernel_weights = DEFAULT_DECAY,
  use_seasonal_model = true,
  context_length = DEFAULT_CONTEXT,
}: Hyperparameters): Predictor => ({
  name: 'npts',
  forecast: (history, { horizon, seasonLengths }) => {
    if (history.length === 0) return undefined;
    const season = use_seasonal_model ? mainSeasonOf(seasonLengths) : 1;
    return samplingMeans(history.subarray(-Number(context_length)), horizon, {
      // A season that is not over yet has periods that were never seen.
      season: history.length < season ? 1 : season,
      decay: kernel_type === 'uniform' ? 0 : Number(exp_kernel_weights),
    });
  },
  withHyperparameters: nptsWith,
});

/**
 * Amazon Forecast's NonParametric Time Series (NPTS): the future is drawn from the past, recent values with exponentially
 * larger probability, of the season's same period alone in its seasonal variant; a value that was drawn may be drawn
 * again for later periods. With a uniform kernel it is what Amazon calls the climatological forecaster. Given here is
 * the expectation of that draw, exactly instead of by samples, so it needs no seed and stays within the values that were seen.
 *
 * Source: Amazon Forecast Developer Guide, "Non-Parametric Time Series (NPTS) Algorithm"
 * (docs.aws.amazon.com/forecast/latest/dg/aws-forecast-recipe-npts.html); the hyperparameters are its own: `kernel_type`,
 * `exp_kernel_weights`, `use_seasonal_model`, `context_length`. Its seasons are features of the calendar (the hour of a
 * day, the day of a week, the month of a year); ours is the shortest season of the plan, which is the same for hours,
 * days and months.
 */
export const npts: Predictor = nptsWith({});
