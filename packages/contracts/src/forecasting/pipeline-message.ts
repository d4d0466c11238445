import { z } from 'zod';
import { Backend } from '../http/models.ts';

const DataName = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_]*$/, 'use a letter first, then letters, digits and underscores')
  .max(45, 'use at most 45 characters')
  .meta({ description: 'Names the tables in the warehouse: `<DataName>_target`, …', example: 'sales' });

const DateCreate = z
  .string()
  .regex(/^\d{8}$/, 'write the day as YYYYMMDD')
  .refine(isDay, 'there is no such day')
  .meta({ description: 'The day of the run, YYYYMMDD; results are kept by it', example: '20261121' });

/** Amazon Forecast asked for 1 to 5. */
export const BacktestWindows = z.int().min(1).max(5);
export const ForecastHorizon = z.int().min(1).max(2000).meta({ description: 'Periods to forecast', example: 90 });
export const ForecastQuantiles = z
  .array(z.number().gt(0).lt(1))
  .min(1)
  .max(99)
  .refine((quantiles) => new Set(quantiles).size === quantiles.length, 'name each quantile once')
  .meta({ description: 'Probabilities below which the value falls', example: [0.1, 0.5, 0.9] });

/** Where forecasters are trained. What AWS bills is never the default. */
export const ForecastBackend = Backend.optional().meta({
  description: '`sagemaker`: an AutoML job of time series there finds the forecaster; default: here',
});

export const ForecastTimeZone = z.string().min(1).max(64).optional().meta({
  description: 'IANA name of the zone by whose calendar days and longer periods are counted; default: UTC',
  example: 'Europe/Berlin',
});

/** A predictor by its name, ours or Amazon Forecast's, or with settings of its own. */
export const PredictorRequest = z.union([
  z.string().min(1).max(100),
  z.strictObject({
    name: z.string().min(1).max(100),
    hyperparameters: z.record(z.string(), z.unknown()).optional(),
    NumberOfBacktestWindows: BacktestWindows.optional(),
    search: z
      .boolean()
      .optional()
      .meta({ description: 'Search for hyperparameters by a backtest before the reported ones; default: false' }),
  }),
]);
export type PredictorRequest = z.infer<typeof PredictorRequest>;

/** What starts a forecast pipeline, under the names that its senders know. */
export const PipelineParameters = z.strictObject({
  DataName,
  ForecastHorizon,
  NumberOfBacktestWindows: BacktestWindows.default(1),
  PerformDelete: z
    .boolean()
    .default(false)
    .meta({ description: 'Remove datasets, predictors and forecasts afterwards; what is in the warehouse stays' }),
  dateCreate: DateCreate,
  ForecastFrequency: z
    .string()
    .max(20)
    .optional()
    .meta({ description: '`D`, `W`, `M`, `H`, `15min`, …; default: as the stamps say' }),
  TimeZone: ForecastTimeZone,
  Models: z
    .array(PredictorRequest)
    .min(1)
    .max(20)
    .optional()
    .meta({ description: 'Default: all, weighted by backtest' }),
  Quantiles: ForecastQuantiles.optional(),
  Backend: ForecastBackend,
});
export type PipelineParameters = z.infer<typeof PipelineParameters>;

export const PipelineMessage = z.strictObject({ param: PipelineParameters });

/**
 * Takes a message as it came: `{"param": …}`, or wrapped as `{"body": …}`, whose body some senders give as JSON text.
 *
 * @returns the parameters, or one sentence per fault, with the field's path
 */
export function readPipelineMessage(
  message: unknown,
): { readonly ok: true; readonly parameters: PipelineParameters } | { readonly ok: false; readonly faults: string[] } {
  const parsed = PipelineMessage.safeParse(unwrapped(message));
  if (parsed.success) return { ok: true, parameters: parsed.data.param };
  return {
    ok: false,
    faults: parsed.error.issues.map(({ path, message: fault }) => `${path.join('.') || 'message'}: ${fault}`),
  };
}

/** As many characters as the columns of every warehouse hold. */
const longestName = 255;
const longestDate = 32;

/**
 * Under which names a refused message stands in the warehouse: its own, however wrong they are. What names nothing
 * stands under the id of the message.
 */
export function namesOfRefused(message: unknown, messageId: string): { dataName: string; dateCreate: string } {
  const found = unwrapped(message);
  const param = isRecord(found) && isRecord(found.param) ? found.param : {};
  return {
    dataName: asName(param.DataName, longestName) || `(message ${messageId})`.slice(0, longestName),
    dateCreate: asName(param.dateCreate, longestDate),
  };
}

function asName(value: unknown, longest: number): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  return String(value)
    .replaceAll(/\p{Cc}/gu, ' ')
    .slice(0, longest);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function unwrapped(message: unknown): unknown {
  const value = fromText(message);
  if (!isRecord(value) || 'param' in value || !('body' in value)) return value;
  return fromText(value.body);
}

function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function isDay(text: string): boolean {
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  const day = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso);
}
