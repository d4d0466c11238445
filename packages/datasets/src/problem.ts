import type { DataProblem } from '@bellwether/contracts';

interface Place {
  readonly column?: string | undefined;
  readonly row?: number | undefined;
}

/** The most problems that one upload is answered with: a broken export can have one in every row. */
export const maxProblems = 20;

const problem = (severity: DataProblem['severity'], code: string, message: string, cure: string, place: Place) => ({
  code,
  severity,
  message,
  cure,
  ...(place.column === undefined ? {} : { column: place.column }),
  ...(place.row === undefined ? {} : { row: place.row }),
});

/** A reason to refuse the table. */
export const fault = (code: string, message: string, cure: string, place: Place = {}): DataProblem =>
  problem('error', code, message, cure, place);

/** Something the owner of the table should know, and which does not stop it. */
export const warning = (code: string, message: string, cure: string, place: Place = {}): DataProblem =>
  problem('warning', code, message, cure, place);

/** Thrown within a task; its problems are the answer to the user. */
export class RefusedData extends Error {
  readonly code = 'refused-data';
  readonly problems: readonly DataProblem[];

  constructor(problems: readonly DataProblem[], options?: ErrorOptions) {
    super(problems[0]?.message ?? 'refused', options);
    this.problems = problems;
  }
}

/** @throws RefusedData with this one problem */
export function refuse(code: string, message: string, cure: string, place: Place = {}): never {
  throw new RefusedData([fault(code, message, cure, place)]);
}

/** A value of the user's in a message: one line, at most 40 characters. */
export function shown(value: string): string {
  const line = JSON.stringify(value);
  return line.length <= 42 ? line : `${line.slice(0, 40)}…"`;
}
