import {
  type InsertQueryNode,
  type KyselyPlugin,
  OnConflictNode,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type SelectQueryNode,
  type UnknownRow,
} from 'kysely';

/**
 * Lets queries be written once, in MySQL's words: `for update` is dropped, since SQLite's `begin immediate` already
 * holds the only write lock, `insert ignore` becomes `on conflict do nothing`, and `on duplicate key update` becomes
 * `on conflict do update set`. What is set there is constants and columns; `values()` has no form of its own here.
 */
class PortableTransformer extends OperationNodeTransformer {
  protected override transformSelectQuery(node: SelectQueryNode): SelectQueryNode {
    const { endModifiers: _, ...rest } = super.transformSelectQuery(node);
    return rest;
  }

  protected override transformInsertQuery(node: InsertQueryNode): InsertQueryNode {
    const { orAction, onDuplicateKey, ...rest } = super.transformInsertQuery(node);
    const conflict = OnConflictNode.create();
    if (orAction?.action === 'ignore') {
      return { ...rest, onConflict: OnConflictNode.cloneWith(conflict, { doNothing: true }) };
    }
    if (onDuplicateKey === undefined) return node;
    return { ...rest, onConflict: OnConflictNode.cloneWith(conflict, { updates: onDuplicateKey.updates }) };
  }
}

const transformer = new PortableTransformer();

export const portableQueries: KyselyPlugin = {
  transformQuery: ({ node }: PluginTransformQueryArgs): RootOperationNode => transformer.transformNode(node),
  transformResult: async ({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> => result,
};
