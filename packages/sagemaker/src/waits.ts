/** A trial whose job on SageMaker is under way or could not be asked for yet. */
export interface Waits {
  readonly kind: 'waits';
  /** until it is looked at again */
  readonly delaySeconds: number;
  /** 0 to 1, as far as the job says */
  readonly progress: number;
}

/** The longest that SQS keeps a message back, less some clock. */
const longestSeconds = 300;

/** How far a job in each of SageMaker's statuses is, roughly: most of its time goes to its instance. */
const progressByStatus: Readonly<Record<string, number>> = {
  Starting: 0.1,
  Pending: 0.1,
  LaunchingMLInstances: 0.2,
  PreparingTrainingStack: 0.3,
  Downloading: 0.4,
  DownloadingTrainingImage: 0.4,
  Training: 0.6,
  Uploading: 0.9,
};

/** A job that is under way is looked at at an even pace. */
export function waitsForJob(status: string, pollSeconds: number): Waits {
  return { kind: 'waits', delaySeconds: pollSeconds, progress: progressByStatus[status] ?? 0.1 };
}

/**
 * Who was refused for now waits a quarter of the time that he has waited so far: patience grows, and many trials do not
 * ask in step. Undefined when he has waited for too long.
 *
 * @param waitedMs so far
 */
export function waitsForRoom(
  waitedMs: number,
  { pollSeconds, patienceSeconds }: { readonly pollSeconds: number; readonly patienceSeconds: number },
): Waits | undefined {
  const waited = waitedMs / 1000;
  if (waited >= patienceSeconds) return undefined;
  const delaySeconds = Math.round(Math.max(pollSeconds, Math.min(longestSeconds, waited / 4)));
  return { kind: 'waits', delaySeconds, progress: 0 };
}
