import { type ForecastJobProgress, forecastSteps, type Job } from '@bellwether/contracts';
import { duration } from '../terminal/figures.ts';

const progressOf = (job: Job) => (job.result ?? {}) as Partial<ForecastJobProgress>;

/** What a forecast job is at, in words. */
export function stepLabel(job: Job): string {
  const { step } = progressOf(job);
  return step === undefined ? 'forecasting' : `forecasting: ${words(step)}`;
}

/** How long each step of a finished forecast job took; `finishedAt` ends the last one. */
export function stepDurations(job: Job): string {
  const { began = {} } = progressOf(job);
  const starts = forecastSteps.flatMap((step) => {
    const at = began[step];
    return at === undefined ? [] : [{ step, at }];
  });
  const end = job.finishedAt === undefined ? Date.now() : Date.parse(job.finishedAt);
  return starts
    .map(({ step, at }, index) => `${words(step)} ${duration(Math.max(0, (starts[index + 1]?.at ?? end) - at) / 1000)}`)
    .join(', ');
}

const words = (step: string): string => step.replaceAll('-', ' ');
