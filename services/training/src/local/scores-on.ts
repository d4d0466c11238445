import type { Frame } from '@bellwether/contracts';
import { evaluate, type Metrics, type Model, predictRows, type ScoredRows, truthOf } from '@bellwether/learning';

export interface Scores {
  readonly metrics: Metrics;
  /** regression: what was, and what was predicted */
  readonly rows: ScoredRows | undefined;
}

/** Predicts rows whose target is known. */
export function scoresOn(model: Model, frame: Frame, rows: Int32Array): Scores {
  const truth = truthOf(model.manifest, frame, rows);
  const predictions = predictRows(model, frame, rows);
  const metrics = evaluate(model.manifest.task, truth, predictions);
  if (predictions.task !== 'regression') return { metrics, rows: undefined };
  return { metrics, rows: { truth: Float64Array.from(truth), predicted: predictions.values } };
}

/** The rows of several; undefined for none. */
export function joinScored(parts: readonly ScoredRows[]): ScoredRows | undefined {
  if (parts.length === 0) return undefined;
  return {
    truth: concatenated(parts.map(({ truth }) => truth)),
    predicted: concatenated(parts.map(({ predicted }) => predicted)),
  };
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const part of parts) {
    whole.set(part, from);
    from += part.length;
  }
  return whole;
}

/** Whether a numeric column has no value below zero. */
export function isNeverNegative({ columns }: Frame, name: string): boolean {
  const column = columns.find((each) => each.name === name);
  return column?.type === 'numeric' && !column.values.some((value) => value < 0);
}
