import type { z } from 'zod';

type Schema = z.core.$ZodType;

function unwrapped(schema: Schema): readonly Schema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return [def.innerType];
    case 'pipe':
      return [def.in];
    case 'lazy':
      return [def.getter()];
    case 'union':
      return def.options;
    case 'intersection':
      return [def.left, def.right];
    default:
      return [];
  }
}

/** The concrete schemas behind optional, default, union and other wrappers. */
export function innerTypes(schema: Schema): readonly z.core.$ZodTypes[] {
  const inner = unwrapped(schema);
  return inner.length === 0 ? [schema as z.core.$ZodTypes] : inner.flatMap(innerTypes);
}

function below({ _zod: { def } }: z.core.$ZodTypes, key: PropertyKey): readonly Schema[] {
  if (def.type === 'object') {
    const field = Object.hasOwn(def.shape, key) ? def.shape[key as string] : def.catchall;
    return field === undefined ? [] : [field];
  }
  if (def.type === 'array') return [def.element];
  if (def.type === 'record') return [def.valueType];
  if (def.type === 'tuple') {
    const item = def.items[key as number] ?? def.rest;
    return item ? [item] : [];
  }
  return [];
}

/**
 * The schemas that may stand at a path; several where a union leads there.
 *
 * @param path as in the issues of zod: `['candidates', 0, 'algorithm']`
 */
export function schemasAt(schema: Schema, path: readonly PropertyKey[]): readonly z.core.$ZodTypes[] {
  return path.reduce<readonly z.core.$ZodTypes[]>(
    (schemas, key) => schemas.flatMap((each) => below(each, key)).flatMap(innerTypes),
    innerTypes(schema),
  );
}

/** The names of fields that an object at a path may have. */
export function fieldNamesAt(schema: Schema, path: readonly PropertyKey[]): readonly string[] {
  const names = schemasAt(schema, path).flatMap(({ _zod: { def } }) =>
    def.type === 'object' ? Object.keys(def.shape) : [],
  );
  return [...new Set(names)];
}

/** The values that literals and enums at a path allow. */
export function valuesAt(schema: Schema, path: readonly PropertyKey[]): readonly unknown[] {
  const values = schemasAt(schema, path).flatMap(({ _zod: { def } }) => {
    if (def.type === 'literal') return def.values;
    return def.type === 'enum' ? Object.values(def.entries) : [];
  });
  return [...new Set<unknown>(values)];
}
