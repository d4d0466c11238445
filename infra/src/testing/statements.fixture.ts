import { rendered } from './templates.fixture.ts';

/** One statement of a policy, wherever in a template it stands. */
export interface Statement {
  /** logical id of the resource that holds it */
  readonly holder: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: unknown;
  /** `NotAction`, `NotResource` or `NotPrincipal`, which mean everything else */
  readonly inverted: readonly string[];
}

const list = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

function statementsIn(holder: string, value: unknown): Statement[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.values(value).flatMap((inner) => statementsIn(holder, inner));
  if (!('Effect' in value)) return found;
  const { Effect, Action, Resource, Condition } = value as Record<string, unknown>;
  const statement = {
    holder,
    effect: String(Effect),
    actions: list(Action).map(String),
    resources: list(Resource).map(rendered),
    conditions: Condition,
    inverted: Object.keys(value).filter((key) => key.startsWith('Not')),
  };
  return [statement, ...found];
}

/** Every statement of every policy of a template: of roles, queues, the bucket, and whatever else has one. */
export function statementsOf(template: { readonly Resources: object }): readonly Statement[] {
  return Object.entries(template.Resources).flatMap(([id, resource]) => statementsIn(id, resource));
}

/** Said by AWS itself to take no resource: `holder` is any, since each task's execution role has it. */
const withoutResource = new Set(['ecr:GetAuthorizationToken']);

function isWild(resource: string, prefixes: readonly string[]): boolean {
  if (!resource.includes('*')) return false;
  return !prefixes.some((prefix) => resource.endsWith(`/${prefix}*`) && resource.indexOf('*') === resource.length - 1);
}

/**
 * What gives more than it names. A statement that takes rights away may speak of everything.
 *
 * @param prefixes folders of the bucket, `uploads/`, below which all objects may be named at once
 */
export function tooWide(statements: readonly Statement[], prefixes: readonly string[]): readonly Statement[] {
  return statements.filter(({ effect, actions, resources, inverted }) => {
    if (effect === 'Deny') return false;
    if (inverted.length > 0 || actions.some((action) => action.includes('*'))) return true;
    if (actions.every((action) => withoutResource.has(action))) return false;
    return resources.some((resource) => isWild(resource, prefixes));
  });
}
