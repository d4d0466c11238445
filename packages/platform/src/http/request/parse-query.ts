import type { z } from 'zod';
import { innerTypes } from './schema-at.ts';

type Reading = 'boolean' | 'list';

const booleans = new Map<string, unknown>([
  ['true', true],
  ['1', true],
  ['', true],
  ['false', false],
  ['0', false],
]);

function readingOf(schema: z.core.$ZodType): Reading | undefined {
  for (const { def } of innerTypes(schema).map((type) => type._zod)) {
    if (def.type === 'boolean') return 'boolean';
    if (def.type === 'array') return 'list';
  }
  return undefined;
}

function read(reading: Reading | undefined, values: readonly string[]): unknown {
  if (reading === 'list') return values;
  // Two values where one is meant are left as they are: the schema refuses them and names the parameter.
  if (values.length > 1) return values;
  const value = values[0] as string;
  return reading === 'boolean' ? (booleans.get(value) ?? value) : value;
}

/**
 * Prepares the reading of query strings for one schema. `?explain`, `?explain=1` and `?explain=true` are true; a
 * repeated parameter is a list where the schema has a list, and otherwise for the schema to refuse.
 *
 * @returns a function from a URL to what the schema shall parse
 */
export function queryReader(schema: z.ZodObject): (url: string) => Record<string, unknown> {
  const readings = new Map(Object.entries(schema.shape).map(([name, type]) => [name, readingOf(type)]));
  return (url) => {
    const mark = url.indexOf('?');
    const query: Record<string, unknown> = Object.create(null);
    if (mark < 0) return query;
    const search = new URLSearchParams(url.slice(mark + 1));
    for (const name of new Set(search.keys())) query[name] = read(readings.get(name), search.getAll(name));
    return query;
  };
}
