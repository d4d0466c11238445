const died = 'trial-died: ';

/** The error of a trial that nobody could run: what is wrong is not known to lie in its data. */
export function errorOfDeath(reason: string): string {
  return died + reason;
}

/** Whether a trial ended without a verdict on its data. */
export function isDeath(error: string): boolean {
  return error.startsWith(died);
}
