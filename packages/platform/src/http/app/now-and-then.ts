/**
 * Limits how often something is reported: the first time at once, then at most once in each period, with the number of
 * times since the last report. A failing disk would otherwise write a line for each request.
 *
 * @param period milliseconds
 */
export function nowAndThen<T>(
  period: number,
  report: (subject: T, count: number) => void,
  now: () => number = () => performance.now(),
): (subject: T) => void {
  let next = Number.NEGATIVE_INFINITY;
  let count = 0;
  return (subject) => {
    count++;
    if (now() < next) return;
    report(subject, count);
    next = now() + period;
    count = 0;
  };
}
