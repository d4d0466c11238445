import { z } from 'zod';
import { DataProblem } from './schema.ts';

/** The body of every refusal: RFC 9457, with a stable `code` and how to mend it. */
export const ProblemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable, kebab-case' }),
    detail: z.string(),
    cure: z.string().optional(),
    field: z.string().optional().meta({ description: 'Path of the field that was refused, as in `instances[3][0]`' }),
    problems: z.array(DataProblem).optional(),
    instance: z.string().optional().meta({ description: 'Id of the request, as in the request log' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document' });
export type ProblemDocument = z.infer<typeof ProblemDocument>;

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
