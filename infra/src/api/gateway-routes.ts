import type { Operation } from '@bellwether/contracts';

/** One route of a REST API of API Gateway. */
export interface GatewayRoute {
  /** the operation's name in the HTTP contract */
  readonly name: string;
  readonly operation: Operation;
  /** the operation's path, its variables under the names that API Gateway takes there */
  readonly path: string;
  /** the variables of `path` */
  readonly variables: readonly string[];
}

const variable = /^\{(\w+)\}$/;

/**
 * The operations of the HTTP contract as routes. API Gateway refuses two variables of different names in one place
 * (`/v1/datasets/{id}`, `/v1/datasets/{name}/rows`): the first name is used there. Services only see the value.
 *
 * @throws when two operations have the same method and place
 */
export function gatewayRoutes(operations: Readonly<Record<string, Operation>>): readonly GatewayRoute[] {
  const nameAt = new Map<string, string>();
  const taken = new Map<string, string>();
  return Object.entries(operations).map(([name, operation]) => {
    const variables: string[] = [];
    let path = '';
    for (const segment of operation.path.split('/').slice(1)) {
      const given = variable.exec(segment)?.[1];
      if (given === undefined) {
        path += `/${segment}`;
        continue;
      }
      const used = nameAt.get(path) ?? given;
      nameAt.set(path, used);
      variables.push(used);
      path += `/{${used}}`;
    }
    const place = `${operation.method} ${path}`;
    const other = taken.get(place);
    if (other !== undefined) throw new Error(`${name} and ${other} are both ${place}`);
    taken.set(place, name);
    return { name, operation, path, variables };
  });
}
