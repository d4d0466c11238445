import { type InsertQueryNode, OnConflictNode, type SelectQueryNode, SqliteQueryCompiler } from 'kysely';

/**
 * Lets queries be written once, in MySQL's words: `for update` is dropped, since SQLite's `begin immediate` already
 * holds the only write lock, `insert ignore` becomes `on conflict do nothing`, and `on duplicate key update` becomes
 * `on conflict do update set`. What is set there is constants and columns; `values()` has no form of its own here.
 */
export class PortableQueryCompiler extends SqliteQueryCompiler {
  protected override visitSelectQuery({ endModifiers: _, ...node }: SelectQueryNode): void {
    super.visitSelectQuery(node);
  }

  protected override visitInsertQuery(node: InsertQueryNode): void {
    const { orAction, onDuplicateKey, ...rest } = node;
    const conflict = OnConflictNode.create();
    if (orAction?.action === 'ignore') {
      super.visitInsertQuery({ ...rest, onConflict: OnConflictNode.cloneWith(conflict, { doNothing: true }) });
    } else if (onDuplicateKey !== undefined) {
      const { updates } = onDuplicateKey;
      super.visitInsertQuery({ ...rest, onConflict: OnConflictNode.cloneWith(conflict, { updates }) });
    } else {
      super.visitInsertQuery(node);
    }
  }
}
