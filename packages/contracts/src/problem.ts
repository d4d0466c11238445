import type { DataProblem } from './schema.ts';

export interface ProblemOptions {
  readonly cure?: string;
  readonly field?: string;
  readonly problems?: readonly DataProblem[];
}

/** An expected refusal: the one error that a route may throw at its caller on purpose. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly options: ProblemOptions;

  /**
   * @param status HTTP status, 400 to 599
   * @param code stable and kebab-case: clients branch on it
   * @param detail a sentence for a person, naming the thing that was refused
   */
  constructor(status: number, code: string, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.options = options;
  }
}
