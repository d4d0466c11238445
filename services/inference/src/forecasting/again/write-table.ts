import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** A number with the fifteen digits that a double is sure of, so that 5 is no 4.999999999999998. */
const textOf = (value: string | number): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(15))) : value;

/** A line as spreadsheets like it: quoted only where it has to be (RFC 4180). */
function plainLine(cells: Cells): string {
  const cell = (value: string | number | null) => {
    const text = value === null || Number.isNaN(value) ? '' : textOf(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${cells.map(cell).join(',')}\n`;
}
