import { api, type Operation } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { openApiDocument } from './open-api.ts';

const document = openApiDocument({ keys: true });
const operations = Object.entries(api) as [string, Operation][];
type Found = {
  operationId: string;
  tags: string[];
  parameters?: { name: string; in: string }[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
};

const found = (operation: Operation) =>
  (document.paths as Record<string, Record<string, Found>>)[operation.path]?.[operation.method] as Found;

/** All values under `key`, wherever they stand. */
function collect(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === key ? [inner] : collect(inner, key)));
}

test.each(operations)('%s is described as the contract has it', (name, operation) => {
  const described = found(operation);
  expect(described).toMatchObject({ operationId: name, tags: [operation.tag], summary: operation.summary });
  const parameters = (described.parameters ?? []).filter((parameter) => parameter.in !== 'header');
  const expected = [...Object.keys(operation.params?.shape ?? {}), ...Object.keys(operation.query?.shape ?? {})];
  expect(parameters.map((parameter) => parameter.name).sort()).toEqual(expected.sort());
  expect(described.requestBody !== undefined).toBe((operation.body ?? operation.rawBody) !== undefined);
  const statuses = [operation.success.status, ...Object.keys(operation.refusals ?? {}), 'default'].map(String);
  expect(Object.keys(described.responses)).toEqual(expect.arrayContaining(statuses));
});

test('there is nothing beside the contract’s operations', () => {
  expect(collect(document.paths, 'operationId').sort()).toEqual(Object.keys(api).sort());
});

test('every reference leads to a component, and every component is used', () => {
  const references = new Set(collect(document, '$ref') as string[]);
  const components = Object.keys(document.components?.schemas ?? {}).map((name) => `#/components/schemas/${name}`);
  expect([...references].filter((reference) => !components.includes(reference))).toEqual([]);
  expect(components.filter((component) => !references.has(component))).toEqual([]);
  expect(components).toEqual(
    expect.arrayContaining(
      ['Problem', 'Dataset', 'Job', 'Model', 'ModelVersion'].map((name) => `#/components/schemas/${name}`),
    ),
  );
});

test('every refusal is a problem document that names its codes', () => {
  for (const [, operation] of operations) {
    for (const [status, code] of Object.entries(operation.refusals ?? {})) {
      const content =
        operation.refusalForm === undefined
          ? { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
          : { 'application/json': { schema: { required: ['error'] } } };
      expect(found(operation).responses[status]).toMatchObject({
        description: expect.stringContaining(code),
        content,
      });
    }
  }
});

test('keys are asked for where the server asks for them', () => {
  expect(document).toMatchObject({
    openapi: '3.1.0',
    security: [{ apiKey: [] }],
    components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
  });
  const open = openApiDocument();
  expect(open.security).toBeUndefined();
  expect(open.components?.securitySchemes).toBeUndefined();
});

test('one service describes its own operations only', () => {
  const own = openApiDocument({ operations: ['createEnrichment'] });
  expect(collect(own.paths, 'operationId')).toEqual(['createEnrichment']);
});
