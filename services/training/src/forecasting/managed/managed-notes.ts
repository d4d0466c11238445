import type { AutoMlCandidate } from '@bellwether/sagemaker';
import type { PreparedForecast } from '@bellwether/sagemaker/automl';

const figures = (value: number): string => String(Number(value.toPrecision(3)));

/** What is to be known of a forecaster that AutoML found. */
export function managedNotes(candidate: AutoMlCandidate, prepared: PreparedForecast, asked: number): string[] {
  const { windows, short } = prepared;
  const measured = Object.entries(candidate.metrics).map(([name, value]) => `${name} ${figures(value)}`);
  const held = windows.length;
  const notes = [
    `AutoML of SageMaker chose ${candidate.name}${measured.length === 0 ? '' : `; on a test of its own it measured ${measured.join(', ')}`}.`,
  ];
  if (held > 0) {
    notes.push(`It learned from what was before the ${held === 1 ? 'backtest window' : `${held} backtest windows`}.`);
  }
  if (held < asked) {
    notes.push(
      `The history leaves room for ${held} of ${asked} backtest windows: AutoML needs four times the horizon.`,
    );
  }
  if (short > 0) notes.push(`Too short for AutoML: ${short} items. They are forecast here, by simple models.`);
  return notes;
}
