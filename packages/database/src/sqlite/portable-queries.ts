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
 * holds the only write lock, and `insert ignore` becomes `on conflict do nothing`.
 */
class PortableTransformer extends OperationNodeTransformer {
  protected override transformSelectQuery(node: SelectQueryNode): SelectQueryNode {
    const { endModifiers: _, ...rest } = super.transformSelectQuery(node);
    return rest;
  }

  protected override transformInsertQuery(node: InsertQueryNode): InsertQueryNode {
    const { orAction, ...rest } = super.transformInsertQuery(node);
    return orAction?.action === 'ignore'
      ? { ...rest, onConflict: OnConflictNode.cloneWith(OnConflictNode.create(), { doNothing: true }) }
      : node;
  }
}

const transformer = new PortableTransformer();

export const portableQueries: KyselyPlugin = {
  transformQuery: ({ node }: PluginTransformQueryArgs): RootOperationNode => transformer.transformNode(node),
  transformResult: async ({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> => result,
};
