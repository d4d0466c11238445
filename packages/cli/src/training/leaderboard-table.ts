import { MetricName, type ModelVersion } from '@bellwether/contracts';
import { count, figure } from '../terminal/figures.ts';
import type { Paint } from '../terminal/paint.ts';
import { type TableColumn, table } from '../terminal/table.ts';

/**
 * Versions with their metrics on the held-out rows, the metric by which they are compared first, on validation too, and
 * the champion with a star.
 */
export function leaderboardTable(versions: readonly ModelVersion[], metric: MetricName, paint: Paint): string {
  const others = MetricName.options.filter(
    (name) => name !== metric && versions.some(({ metrics }) => metrics[name] !== undefined),
  );
  const metrics = [metric, ...others];
  const validated = versions.some(({ validationMetrics }) => validationMetrics !== undefined);
  const right = (head: string): TableColumn => ({ head, align: 'right' });
  const columns = [
    { head: '' },
    right('version'),
    { head: 'algorithm' },
    ...(validated ? [right(`${metric} (validation)`)] : []),
    ...metrics.map(right),
    right('trained rows'),
    right('held-out rows'),
    right('seconds'),
  ];
  const rows = versions.map((version) => [
    version.champion ? '★' : '',
    String(version.version),
    version.algorithm,
    ...(validated ? [figure(version.validationMetrics?.[metric])] : []),
    ...metrics.map((name) => figure(version.metrics[name])),
    count(version.trainedRows),
    count(version.holdoutRows),
    version.duration.toFixed(2),
  ]);
  return table(columns, rows, paint);
}
