import { sendJson } from '../serving/send-json.ts';

/** What a server says of an item, which it says each time. */
export interface PredictedItem {
  readonly path: string;
  readonly body: string;
  readonly prediction: unknown;
}

export async function expectedAnswers(url: string, items: readonly string[]): Promise<PredictedItem[]> {
  const answers: PredictedItem[] = [];
  for (const item of items) {
    const path = `/predict/${item}`;
    const body = await sendJson('GET', url + path);
    answers.push({ path, body, prediction: JSON.parse(body).prediction });
  }
  return answers;
}

/**
 * The mean absolute difference of two servers' predictions, relative to their mean.
 *
 * @returns NaN when one is no number, or when they are not of the same items
 */
export function differenceOf(
  ours: readonly Pick<PredictedItem, 'path' | 'prediction'>[],
  theirs: readonly Pick<PredictedItem, 'path' | 'prediction'>[],
): number {
  let [difference, sum] = [0, 0];
  for (const [at, { path, prediction }] of ours.entries()) {
    const other = theirs[at];
    if (other?.path !== path || ours.length !== theirs.length) return Number.NaN;
    if (typeof prediction !== 'number' || typeof other.prediction !== 'number') return Number.NaN;
    difference += Math.abs(prediction - other.prediction);
    sum += Math.abs(prediction);
  }
  return difference / sum;
}
