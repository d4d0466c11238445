import type { Kysely, Transaction } from 'kysely';
import type { AutomationRunTable, AutomationTable } from './automations.ts';
import type { DatasetTable } from './datasets.ts';
import type { AttemptTable, DeadLetterTable, InboxTable, OutboxTable } from './delivery.ts';
import type { ForecasterTable, ForecastFitTable, ForecastPartTable } from './forecasting.ts';
import type { ApiKeyTable, IdempotencyKeyTable } from './http.ts';
import type { ItemFeaturesTable, ItemTable } from './items.ts';
import type { JobEventTable, JobTable } from './jobs.ts';
import type { ModelTable, ModelVersionTable, TrialTable } from './models.ts';
import type { EvaluationTable, PredictionTable } from './predictions.ts';
import type { RateLimitTable } from './rate-limits.ts';
import type { RequestLogTable } from './request-log.ts';

/** Every table, and with each the one that writes it. */
export interface Tables {
  datasets: DatasetTable;
  jobs: JobTable;
  job_events: JobEventTable;
  trials: TrialTable;
  models: ModelTable;
  model_versions: ModelVersionTable;
  predictions: PredictionTable;
  evaluations: EvaluationTable;
  automations: AutomationTable;
  automation_runs: AutomationRunTable;
  item_features: ItemFeaturesTable;
  items: ItemTable;
  forecast_fits: ForecastFitTable;
  forecast_parts: ForecastPartTable;
  forecasters: ForecasterTable;
  inbox: InboxTable;
  outbox: OutboxTable;
  attempts: AttemptTable;
  dead_letters: DeadLetterTable;
  api_keys: ApiKeyTable;
  idempotency_keys: IdempotencyKeyTable;
  rate_limits: RateLimitTable;
  request_log: RequestLogTable;
}

/** Rows as committed, outside any transaction. */
export type Reader = Kysely<Tables>;
/** A transaction: only a `commit` gets one. */
export type Tx = Transaction<Tables>;
/** Where a query may run. */
export type Queryable = Kysely<Tables>;
