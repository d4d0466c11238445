import { type Job, MetricName } from '@bellwether/contracts';
import { z } from 'zod';

/** What a training job's result says, as far as the command line shows it. */
export const TrainingResult = z.object({
  task: z.string(),
  taskReason: z.string(),
  metric: MetricName,
  champion: z.int().nullable(),
  promoted: z.boolean(),
  reason: z.string(),
  failed: z.array(z.object({ algorithm: z.string(), error: z.string() })),
});
export type TrainingResult = z.infer<typeof TrainingResult>;

/** The result of a job that succeeded in training; undefined for any other. */
export function trainingResultOf(job: Job): TrainingResult | undefined {
  const parsed = TrainingResult.safeParse(job.result);
  return parsed.success ? parsed.data : undefined;
}

/** Which version is champion now, and why. */
export function championSentence({ champion, promoted, reason }: TrainingResult): string {
  if (champion === null) return `No version is champion: ${reason}.`;
  return promoted ? `Version ${champion} is champion: ${reason}.` : `Not promoted: ${reason}.`;
}
