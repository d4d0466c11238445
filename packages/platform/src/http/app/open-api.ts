import { api, type Operation, type OperationName, ProblemDocument } from '@bellwether/contracts';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi';

export interface OpenApiOptions {
  /** default: all operations of the contract */
  readonly operations?: readonly OperationName[];
  /** whether callers need an API key */
  readonly keys?: boolean;
  /** of the product */
  readonly version?: string;
}

const problemContent = { 'application/problem+json': { schema: ProblemDocument } };
const openInferenceContent = {
  'application/json': {
    schema: {
      type: 'object',
      required: ['error'],
      properties: { error: { type: 'string' }, code: { type: 'string' } },
    },
  },
};

function responsesOf(operation: Operation, keys: boolean): ZodOpenApiResponsesObject {
  const { success, refusals, params, query, body, rawBody, refusalForm } = operation;
  const { status, description, schema } = success;
  const content = refusalForm === undefined ? problemContent : openInferenceContent;
  const expected: Record<string, string> = {
    ...(params === undefined && query === undefined && body === undefined ? {} : { 422: 'invalid-request' }),
    ...(body === undefined ? {} : { 400: 'malformed-json', 413: 'body-too-large', 415: 'unsupported-media-type' }),
    ...(rawBody === undefined ? {} : { 413: 'body-too-large' }),
    ...(keys ? { 401: 'api-key-missing', 403: 'tenant-mismatch' } : {}),
    503: 'request-log-unavailable',
  };
  for (const [code, name] of Object.entries(refusals ?? {})) {
    expected[code] = expected[code] === undefined ? name : `${expected[code]}\`, \`${name}`;
  }
  const problems = Object.entries(expected).map(([code, names]) => [code, { description: `\`${names}\``, content }]);
  return {
    [`${status}`]: {
      description,
      ...(schema === undefined ? {} : { content: { 'application/json': { schema } } }),
      ...(status === 302 ? { headers: { location: { schema: { type: 'string' }, required: true } } } : {}),
    },
    ...Object.fromEntries(problems),
    default: { description: 'Any other refusal', content },
  } as ZodOpenApiResponsesObject;
}

function requestBodyOf({ body, rawBody }: Operation): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (body !== undefined) {
    return {
      requestBody: { required: !body.safeParse({}).success, content: { 'application/json': { schema: body } } },
    };
  }
  if (rawBody === undefined) return {};
  const { description, contentTypes } = rawBody;
  return {
    requestBody: { required: true, description, content: Object.fromEntries(contentTypes.map((t) => [t, {}])) },
  };
}

function operationObject(name: string, operation: Operation, keys: boolean): ZodOpenApiOperationObject {
  const { params, query, tag, summary, method } = operation;
  return {
    operationId: name,
    tags: [tag],
    summary,
    requestParams: {
      ...(params === undefined ? {} : { path: params }),
      ...(query === undefined ? {} : { query }),
    },
    ...(method === 'post'
      ? {
          parameters: [
            {
              in: 'header' as const,
              name: 'Idempotency-Key',
              description: 'The same key with the same request gives the same answer, and the work once',
              schema: { type: 'string' as const, minLength: 1, maxLength: 128 },
            },
          ],
        }
      : {}),
    ...requestBodyOf(operation),
    responses: responsesOf(operation, keys),
  };
}

/** The OpenAPI 3.1 document of the contract: what the zod schemas check is what it says. */
export function openApiDocument(options: OpenApiOptions = {}): ReturnType<typeof createDocument> {
  const { keys = false, version = '0.1.0', operations = Object.keys(api) as OperationName[] } = options;
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const name of operations) {
    const operation: Operation = api[name];
    const path = paths[operation.path] ?? {};
    paths[operation.path] = { ...path, [operation.method]: operationObject(name, operation, keys) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Bellwether',
      version,
      description: 'Upload tables, enrich them, train models, predict and forecast.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '../', description: 'This server' }],
    tags: [...new Set(operations.map((name) => api[name].tag))].map((name) => ({ name })),
    ...(keys ? { security: [{ apiKey: [] }] } : {}),
    components: {
      ...(keys
        ? { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `bw_…`' } } }
        : {}),
    },
    paths,
  });
}
