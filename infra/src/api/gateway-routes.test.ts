import type { Operation } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { gatewayRoutes } from './gateway-routes.ts';

const operation = (method: Operation['method'], path: string): Operation => ({
  method,
  path,
  service: 'ingest',
  tag: 't',
  summary: 's',
  success: { status: 200, description: 'd' },
});

test('variables of different names in one place get the first one’s', () => {
  const routes = gatewayRoutes({
    read: operation('get', '/v1/datasets/{id}/rows'),
    append: operation('post', '/v1/datasets/{name}/rows'),
    version: operation('get', '/v1/models/{name}/versions/{version}'),
  });
  expect(routes.map(({ path, variables }) => [path, variables])).toEqual([
    ['/v1/datasets/{id}/rows', ['id']],
    ['/v1/datasets/{id}/rows', ['id']],
    ['/v1/models/{name}/versions/{version}', ['name', 'version']],
  ]);
});

test('two operations in one place are refused by name', () => {
  const operations = { one: operation('get', '/v1/{a}'), other: operation('get', '/v1/{b}') };
  expect(() => gatewayRoutes(operations)).toThrow('other and one are both get /v1/{a}');
});
