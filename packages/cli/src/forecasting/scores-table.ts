import type { ForecastJobProgress } from '@bellwether/contracts';
import { figure } from '../terminal/figures.ts';
import type { Paint } from '../terminal/paint.ts';
import { type TableColumn, table } from '../terminal/table.ts';

const measures = ['MASE', 'wQL', 'WAPE'] as const;

/** Errors of each model on its backtests and in how many windows, the best first; `ensemble`, which is what was forecast with, before all. */
export function scoresTable(models: NonNullable<ForecastJobProgress['models']>, paint: Paint): string {
  const coverage = Object.keys(models.ensemble ?? {}).find((name) => name.startsWith('coverage'));
  const names = [...measures, ...(coverage === undefined ? [] : [coverage]), 'windows'];
  const columns: TableColumn[] = [{ head: 'model' }, ...names.map((head) => ({ head, align: 'right' }) as const)];
  const rows = Object.entries(models)
    .toSorted(([a, left], [b, right]) => rank(a) - rank(b) || errorOf(left) - errorOf(right))
    .map(([model, metrics]) => [model, ...names.map((name) => figure(metrics[name]))]);
  return table(columns, rows, paint);
}

const rank = (model: string): number => (model === 'ensemble' ? 0 : 1);
const errorOf = (metrics: Readonly<Record<string, number>>): number =>
  metrics.MASE ?? metrics.WAPE ?? Number.POSITIVE_INFINITY;
