import { SageMakerError } from './sagemaker-error.ts';

/**
 * The predictions of a transform job's `.out` object, one line a row: a number, or with several classes a list of their
 * probabilities, as Python prints both.
 *
 * @param width numbers a row: 1, or the number of classes of `multi:softprob`
 * @returns `rows * width` numbers
 * @throws SageMakerError when the object is of another shape: predictions must not slip to another row
 */
export function readTransformOutput(text: string, { rows, width }: { rows: number; width: number }): Float64Array {
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
  if (lines.length !== rows) throw new SageMakerError(`${lines.length} predictions came back for ${rows} rows`);
  const values = new Float64Array(rows * width);
  for (const [row, line] of lines.entries()) {
    const numbers = line
      .replace(/^\[|\]$/g, '')
      .split(',')
      .map(numberOf);
    if (numbers.length !== width)
      throw new SageMakerError(`line ${row + 1} holds ${numbers.length} numbers, not ${width}`);
    values.set(numbers, row * width);
  }
  return values;
}

function numberOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new SageMakerError(`"${text.slice(0, 20)}" is no prediction`);
  return value;
}
