import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sureDigits } from '@bellwether/contracts/forecast-table';
import { type CsvColumn, csvLine, mergeCsv } from '@bellwether/datasets';
import type { ItemForecast } from '@bellwether/forecasting';
import { forecastColumns, periodName } from '../forecast-tables.ts';
import type { AgainTask } from './again-task.ts';

type Cells = readonly (string | number | null)[];

/** Writes forecasts as a table: the item and the time under their own names, a column a quantile, and the mean. */
export async function writeTable(
  forecasts: readonly ItemForecast[],
  { format, path }: NonNullable<AgainTask['table']>,
  { index, columns, folder }: AgainTask,
): Promise<void> {
  const described = forecastColumns(index, columns);
  const isMean = ({ name }: CsvColumn) => name === 'mean';
  const ordered = [...described.filter((column) => !isMean(column)), ...described.filter(isMean)];
  const nameOf = periodName(index);
  const rows = forecasts.flatMap(({ item, first, mean, quantiles }) =>
    Array.from(
      mean,
      (value, step): Cells => [
        ...(columns.item === undefined ? [] : [item]),
        nameOf(first + step),
        ...quantiles.map((values) => values[step] ?? null),
        value,
      ],
    ),
  );
  if (format === 'csv') {
    await writeFile(path, [ordered.map(({ name }) => name), ...rows].map(plainLine).join(''));
    return;
  }
  const lines = join(folder, 'rows.csv');
  await writeFile(lines, rows.map(csvLine).join(''));
  await mergeCsv({ parts: [lines], columns: ordered, output: path, folder });
}

const textOf = (value: string | number): string => String(typeof value === 'number' ? sureDigits(value) : value);

/** A line as spreadsheets like it: quoted only where it has to be (RFC 4180). */
function plainLine(cells: Cells): string {
  const cell = (value: string | number | null) => {
    const text = value === null || Number.isNaN(value) ? '' : textOf(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${cells.map(cell).join(',')}\n`;
}
