import { closeSync, openSync, writeSync } from 'node:fs';
import type { Design } from '@bellwether/learning';

const largest = 3.4028234663852886e38;
const chunkCharacters = 1 << 20;

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

/** Lines of a channel, by chunks: the label first unless there is none, no header. */
export function* channelLines({ x }: Pick<Design, 'x'>, y?: Float64Array): Generator<string> {
  const { rows, columns, values } = x;
  let chunk = '';
  for (let row = 0; row < rows; row++) {
    const cells: string[] = y === undefined ? [] : [csvNumber(y[row] as number)];
    for (let at = row * columns; at < (row + 1) * columns; at++) cells.push(csvNumber(values[at] as number));
    chunk += `${cells.join(',')}\n`;
    if (chunk.length < chunkCharacters) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** Writes a channel into a file. For worker threads: it blocks. */
export function writeChannel(path: string, design: Pick<Design, 'x' | 'y'>): void {
  const file = openSync(path, 'w');
  try {
    for (const chunk of channelLines(design, design.y)) writeSync(file, chunk);
  } finally {
    closeSync(file);
  }
}
