import { z } from 'zod';

interface Overridden {
  readonly override?: object;
}

/**
 * The JSON Schema, draft 4, by which API Gateway checks a body. Without names and examples, which it refuses as unknown
 * keywords; what zod cannot express, such as a custom check, is left to the service.
 */
export function requestModel(schema: z.ZodType): object {
  return z.toJSONSchema(schema, {
    target: 'draft-4',
    io: 'input',
    metadata: z.registry(),
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const meta = z.globalRegistry.get(zodSchema as unknown as z.ZodType) as Overridden | undefined;
      if (meta?.override !== undefined) Object.assign(jsonSchema, meta.override);
    },
  });
}
