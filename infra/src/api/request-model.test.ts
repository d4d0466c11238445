import { api, type Operation } from '@bellwether/contracts';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { requestModel } from './request-model.ts';

/** Of JSON Schema, draft 4, what API Gateway takes. */
const keywords = new Set(
  `$schema type properties required additionalProperties items minItems maxItems minLength maxLength pattern enum minimum
   maximum exclusiveMinimum exclusiveMaximum anyOf oneOf allOf not default description title format uniqueItems`.split(
    /\s+/,
  ),
);

function keywordsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(keywordsOf);
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key === 'properties') return [key, ...Object.values(value).flatMap(keywordsOf)];
    return key === 'enum' || key === 'default' || key === 'required' ? [key] : [key, ...keywordsOf(value)];
  });
}

describe('every body of the contract in words that API Gateway knows', () => {
  const bodies = (Object.entries(api) as [string, Operation][]).flatMap(([name, { body }]) =>
    body === undefined ? [] : [[name, body] as const],
  );
  test.each(bodies)('%s', (_, body) => {
    expect(keywordsOf(requestModel(body)).filter((keyword) => !keywords.has(keyword))).toEqual([]);
  });
});

test('names, examples and descriptions stay out, and limits are of draft 4', () => {
  const Name = z.string().meta({ id: 'Name', example: 'diamonds', description: 'd' });
  expect(requestModel(z.strictObject({ name: Name, fraction: z.number().gt(0).optional() }))).toEqual({
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    properties: {
      name: { type: 'string' },
      fraction: { type: 'number', minimum: 0, exclusiveMinimum: true },
    },
    required: ['name'],
    additionalProperties: false,
  });
});

test('a check of our own is left to the service, but for the form that it declares', () => {
  const anything = z.custom(() => true);
  const declared = z.custom(() => true).meta({ override: { type: 'array' } });
  expect(requestModel(z.object({ anything, declared }))).toMatchObject({
    properties: { anything: {}, declared: { type: 'array' } },
  });
});
