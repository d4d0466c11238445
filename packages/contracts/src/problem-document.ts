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
