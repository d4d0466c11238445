const largest = 3.4028234663852886e38;
const chunkCharacters = 1 << 20;

/** Rows of numbers as a learner sees them, row after row; NaN where one is missing. */
export interface ChannelRows {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/**
 * A number as SageMaker's XGBoost reads it back bit by bit: the float32 that it will be there, in digits enough for
 * that. XGBoost's reader of text adds whole and fractional part in float32, so that of the shortest digits of a double
 * 3 % (values of 1 to 1000) to 18 % (below 0.001) come out one bit off, and a row on the wrong side of a split. A
 * missing value is `nan`, not an empty field: a last column that is empty in a whole channel would not be counted.
 */
export function csvNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return String(Math.fround(Math.min(largest, Math.max(-largest, value))));
}

/**
 * Lines of CSV as SageMaker's XGBoost takes them, by chunks of whole lines: no header, the label first.
 *
 * @param labels a number a row; absent for rows that are to be predicted
 */
export function* channelLines({ rows, columns, values }: ChannelRows, labels?: Float64Array): Generator<string> {
  let chunk = '';
  for (let row = 0; row < rows; row++) {
    const cells: string[] = labels === undefined ? [] : [csvNumber(labels[row] as number)];
    for (let at = row * columns; at < (row + 1) * columns; at++) cells.push(csvNumber(values[at] as number));
    chunk += `${cells.join(',')}\n`;
    if (chunk.length < chunkCharacters) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
