/**
 * The name of what SageMaker does for one of our ids: always the same, so that whoever asks twice asks for one.
 * SageMaker takes letters, digits and single dashes between them, 63 at most.
 *
 * @param id such as `trial_018f…`
 */
export function jobName(id: string): string {
  const name = `bellwether-${id.replaceAll('_', '-')}`;
  if (!/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/.test(name)) throw new Error(`SageMaker takes no job name like ${name}`);
  return name;
}
