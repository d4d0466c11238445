import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { valueOfCell } from '../csv/missing-values.ts';
import { CommandFailure } from '../failure.ts';

type Value = string | number | boolean | null;
/** One row to predict: values in the order of the table, or by column name. */
export type Row = readonly Value[] | Readonly<Record<string, Value>>;

/**
 * A row as the command line gives it: `5.1,3.5,1.4` as CSV, `[5.1, 3.5]` or `{"carat": 1.2}` as JSON.
 *
 * @throws CommandFailure `bad-row` (usage)
 */
export function parseRow(text: string): Row {
  const isJson = /^\s*[[{]/.test(text);
  try {
    if (isJson) return JSON.parse(text) as Row;
    const [values = []] = parse(text, { relax_column_count: true }) as unknown as string[][];
    return values.map((cell) => valueOfCell(cell.trim()));
  } catch (error) {
    if (!(error instanceof CsvError) && !isJson) throw error;
    throw new CommandFailure('bad-row', `--row ${text} cannot be read: ${(error as Error).message}.`, {
      cure: `Give values by comma ('5.1,3.5'), or JSON ('[5.1, 3.5]' or '{"carat": 1.2}').`,
      exitCode: 2,
    });
  }
}
