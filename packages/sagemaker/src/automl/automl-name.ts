import { createHash } from 'node:crypto';

/** SageMaker takes 32 characters of an AutoML job's name; half of what it takes of any other's. */
const longest = 32;
const start = 'bellwether-';

/**
 * The name of the AutoML job for one of our ids: always the same, so that whoever asks twice asks for one.
 *
 * @param id such as `job_018f…`, of which nothing can be left out without two becoming one: a digest stands for it
 */
export function automlName(id: string): string {
  return (
    start +
    createHash('sha256')
      .update(id)
      .digest('hex')
      .slice(0, longest - start.length)
  );
}
