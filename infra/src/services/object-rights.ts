import type { Service } from '@bellwether/contracts';
import { uploadsPrefix } from '../storage/add-storage.ts';

/** What a service may do with objects, by prefix of their keys. */
export interface ObjectRights {
  readonly read: readonly string[];
  /** also signs uploads; whoever writes reads, since the store looks at what it has stored */
  readonly write: readonly string[];
  readonly delete: readonly string[];
}

const tables = 'tables/';
/** Rows to be appended. */
const rows = 'rows/';
const derived = 'derived/';
const models = 'models/';
const series = 'series/';
/** Regular series of forecasts, what was learned of them, and rows of forecasts. */
const panels = 'panels/';
const forecasters = 'forecasters/';
const forecasts = 'forecasts/';
/** What is known of items, period by period. */
const items = 'items/';
/** What trials and batch predictions exchange with SageMaker, whose instances have it too. */
export const sageMakerPrefix = 'sagemaker/';

/** Beside the flow the second thing that services share: who touches which objects. */
export const objectRights: Readonly<Record<Service, ObjectRights>> = {
  // Signs uploads and downloads, reads what arrived and what enrichment derived, stores tables and rows to append,
  // sweeps all.
  ingest: {
    read: [uploadsPrefix, rows, tables, derived],
    write: [uploadsPrefix, rows, tables],
    delete: [uploadsPrefix, rows, tables, derived],
  },
  // Also keeps what FRED said of series.
  enrichment: { read: [tables, derived, series, panels], write: [derived, series, panels], delete: [panels] },
  // Stores artifacts, reads the champion's to compare, signs their downloads, sweeps those that lost; and what it
  // exchanges with SageMaker.
  training: {
    read: [tables, models, panels, forecasters, sageMakerPrefix],
    write: [models, forecasters, sageMakerPrefix],
    delete: [models, forecasters, sageMakerPrefix],
  },
  // Reads artifacts, tables and series, writes tables of predictions and what is known of items, sweeps the latter; and
  // what it exchanges with SageMaker.
  inference: {
    read: [tables, derived, models, series, items, panels, forecasters, forecasts, sageMakerPrefix],
    write: [derived, items, forecasts, sageMakerPrefix],
    delete: [items, forecasts, sageMakerPrefix],
  },
  metrics: { read: [tables], write: [], delete: [] },
};
