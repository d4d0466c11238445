import { Problem } from '@bellwether/contracts';
import { z } from 'zod';

export const arrayTypes = { f64: Float64Array, f32: Float32Array, i32: Int32Array, u8: Uint8Array } as const;
export type ArrayType = keyof typeof arrayTypes;
export type NumberArray = Float64Array | Float32Array | Int32Array | Uint8Array;

/** What a learner learned: small things as JSON, numbers as flat arrays. The artifact holds exactly this. */
export interface LearnedParameters {
  readonly values: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, NumberArray>>;
}

/** A file name in the artifact, so nothing that could leave its folder. */
export const ArrayName = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);

/** Brand of an array: `instanceof` is false for arrays that come from another realm, as under jest or from a worker. */
export const arrayTypeOf = (array: NumberArray): ArrayType => {
  const tag = Object.prototype.toString.call(array);
  const found = Object.entries(arrayTypes).find(([, type]) => tag === `[object ${type.name}]`);
  if (found === undefined) throw new TypeError(`A learner returned ${tag} instead of a typed array.`);
  return found[0] as ArrayType;
};

export const invalidModel = (detail: string): Problem =>
  new Problem(422, 'model-invalid', `The model cannot be used: ${detail}.`, {
    cure: 'Train the model again, or upload its artifact anew.',
  });

/**
 * The float64 array of that name, checked to have that many numbers.
 * @throws Problem `model-invalid`
 */
export const float64Parameter = (parameters: LearnedParameters, name: string, length: number): Float64Array => {
  const array = parameters.arrays[name];
  if (array === undefined || arrayTypeOf(array) !== 'f64' || array.length !== length) {
    throw invalidModel(`"${name}" is to hold ${length} float64 numbers`);
  }
  return array as Float64Array;
};

/**
 * The JSON part, parsed.
 * @throws Problem `model-invalid`
 */
export const parsedValues = <Schema extends z.ZodType>(
  parameters: LearnedParameters,
  schema: Schema,
): z.output<Schema> => {
  const result = schema.safeParse(parameters.values);
  if (!result.success) throw invalidModel(z.prettifyError(result.error));
  return result.data;
};
