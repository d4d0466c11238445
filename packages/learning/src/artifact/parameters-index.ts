import { z } from 'zod';
import { ArrayName, type ArrayType, arrayTypes } from '../learners/learned-parameters.ts';

export const manifestFile = 'manifest.json';
export const parametersFile = 'parameters.json';

/** Decompressed size of an artifact, above which it is neither written nor read. */
export const maxArtifactBytes = 512 * 2 ** 20;

/** The file `parameters.json`: a learner's JSON, and which arrays lie beside it. */
export const ParametersIndex = z.strictObject({
  values: z.record(z.string(), z.unknown()),
  arrays: z
    .array(
      z.strictObject({
        name: ArrayName,
        type: z.enum(Object.keys(arrayTypes) as [ArrayType, ...ArrayType[]]),
        length: z.int().nonnegative(),
      }),
    )
    .refine((arrays) => new Set(arrays.map(({ name }) => name)).size === arrays.length, 'an array occurs twice'),
});
export type ParametersIndex = z.infer<typeof ParametersIndex>;

/** Numbers lie in `<name>.f64` and the like, bytes in a file of that very name, so that other programs find it. */
export const fileOf = ({ name, type }: { name: string; type: ArrayType }): string =>
  type === 'u8' ? name : `${name}.${type}`;
