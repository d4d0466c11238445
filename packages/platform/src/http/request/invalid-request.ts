import { Problem } from '@bellwether/contracts';
import type { z } from 'zod';
import { nearestName } from './nearest-name.ts';
import { fieldNamesAt, valuesAt } from './schema-at.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

interface Finding {
  readonly path: Path;
  readonly says: string;
  readonly cure?: string | undefined;
}

/** What was parsed, and what stood in its way. */
export interface Refused {
  readonly schema: z.ZodType;
  readonly input: unknown;
  readonly error: z.core.$ZodError;
}

/** `['candidates', 0, 'algorithm']` as `candidates[0].algorithm`. */
export function fieldName(path: Path): string {
  let name = '';
  for (const key of path) {
    if (typeof key === 'number') name += `[${key}]`;
    else name += name === '' ? String(key) : `.${String(key)}`;
  }
  return name;
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function oneOf(values: readonly unknown[]): string {
  return values.map((value) => `\`${String(value)}\``).join(', ');
}

function suggestion(given: unknown, names: readonly unknown[]): string {
  const nearest = typeof given === 'string' ? nearestName(given, names.map(String)) : undefined;
  return nearest === undefined ? '' : `Did you mean \`${nearest}\`? `;
}

function notAllowed(path: Path, given: unknown, values: readonly unknown[]): Finding {
  if (given === undefined) return { path, says: 'is required', cure: `Use one of ${oneOf(values)}` };
  return { path, says: `cannot be ${shown(given)}`, cure: `${suggestion(given, values)}Use one of ${oneOf(values)}` };
}

function unknownKey(issue: z.core.$ZodIssueUnrecognizedKeys, schema: z.ZodType): Finding {
  const key = issue.keys[0] ?? '';
  const names = fieldNamesAt(schema, issue.path);
  return { path: [...issue.path, key], says: 'is unknown', cure: `${suggestion(key, names)}Known: ${oneOf(names)}` };
}

/** What zod says where a schema says nothing. */
const usualUnionMessage = 'Invalid input';

function unionFinding(issue: z.core.$ZodIssueInvalidUnion, { schema, input }: Refused): Finding {
  const values = valuesAt(schema, issue.path);
  const given = valueAt(input, issue.path);
  if (issue.errors.length === 0 && values.length > 0) return notAllowed(issue.path, given, values);
  const deepest = issue.errors
    .flat()
    .filter((each) => each.path.length > 0)
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (deepest !== undefined) {
    const inner: Issue = { ...deepest, path: [...issue.path, ...deepest.path] } as Issue;
    return findingOf(inner, { schema, input } as Refused);
  }
  const types = issue.errors.flat().flatMap((each) => (each.code === 'invalid_type' ? [each.expected] : []));
  const said = issue.message === usualUnionMessage ? undefined : issue.message;
  const cure = types.length === 0 ? said : `Use one of these types: ${[...new Set(types)].join(', ')}`;
  return { path: issue.path, says: given === undefined ? 'is required' : `cannot be ${shown(given)}`, cure };
}

function bound(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, including: string, excluding: string): string {
  const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  return `${issue.inclusive === false ? excluding : including} ${limit} (${issue.origin})`;
}

function findingOf(issue: Issue, refused: Refused): Finding {
  const { path } = issue;
  const given = valueAt(refused.input, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKey(issue, refused.schema);
    case 'invalid_union':
      return unionFinding(issue, refused);
    case 'invalid_value':
      return notAllowed(path, given, issue.values);
    case 'invalid_type':
      if (given === undefined) return { path, says: 'is required', cure: `Give a value of type ${issue.expected}` };
      return { path, says: `cannot be ${shown(given)}`, cure: `Give a value of type ${issue.expected}` };
    case 'too_small':
      return { path, says: `is too small: ${shown(given)}`, cure: bound(issue, 'At least', 'More than') };
    case 'too_big':
      return { path, says: `is too large: ${shown(given)}`, cure: bound(issue, 'At most', 'Less than') };
    default:
      return { path, says: `cannot be ${shown(given)}`, cure: issue.message };
  }
}

/**
 * Says what is wrong with a request and how to mend it: the first finding in full, the others by name.
 *
 * @param place where the value stood: `path`, `query` or `body`
 * @returns `invalid-request` (422) whose `field` is a path as in `candidates[0].algorithm`
 */
export function invalidRequest(place: 'path' | 'query' | 'body', refused: Refused): Problem {
  const [first, ...others] = refused.error.issues.map((issue) => findingOf(issue, refused));
  const field = fieldName(first?.path ?? []);
  const named = others.slice(0, 5).map(({ path, says }) => `\`${fieldName(path)}\` ${says}`);
  const more = named.length === 0 ? '' : `; also ${named.join(', ')}`;
  const subject = field === '' ? `The ${place}` : `\`${field}\` in the ${place}`;
  return new Problem(422, 'invalid-request', `${subject} ${first?.says ?? 'is not valid'}${more}`, {
    ...(field === '' ? {} : { field }),
    ...(first?.cure === undefined ? {} : { cure: first.cure }),
  });
}
