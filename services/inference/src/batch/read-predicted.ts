import type { Frame } from '@bellwether/contracts';
import { type Model, type Predictions, predictionsOf } from '@bellwether/learning';
import { readTransformOutput } from '@bellwether/sagemaker';

/**
 * Gives out what a transform job predicted, for one block of the table after another.
 *
 * @param text of its `.out` object, one line a row of the whole table
 * @returns asked with the blocks in the table's order
 * @throws SageMakerError when there are more rows or fewer
 */
export function readPredicted(text: string, { manifest }: Model): (block: Frame) => Predictions {
  const classes = manifest.target.labels?.length ?? 0;
  // With two classes XGBoost gives the probability of the second.
  const width = classes > 2 ? classes : 1;
  const rows = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const scores = readTransformOutput(text, { rows, width });
  let from = 0;
  return (block) => {
    const part = scores.subarray(from * width, (from + block.rows) * width);
    from += block.rows;
    if (part.length !== block.rows * width) {
      throw new RangeError(`${rows} predictions came back, fewer than the table has rows`);
    }
    if (classes === 0) return predictionsOf(manifest, part, { output: 'value', width: 1 });
    const probabilities = classes > 2 ? part : withFirstClass(part, classes);
    return predictionsOf(manifest, probabilities, { output: 'probabilities', width: classes });
  };
}

function withFirstClass(second: Float64Array, classes: number): Float64Array {
  const both = new Float64Array(second.length * classes);
  for (const [row, probability] of second.entries()) {
    both[row * classes] = 1 - probability;
    if (classes === 2) both[row * classes + 1] = probability;
  }
  return both;
}
