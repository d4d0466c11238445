import { listModels, modelDocument, nextCursor } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/** `GET /models` */
export const inventoryModels: Route<'inventoryModels', Deps> = async ({ tenantId, query }, { database }) => {
  const rows = await listModels(database.read, tenantId, query);
  const { nextCursor: next } = nextCursor(rows, query, (row) => row.name);
  const models = rows.map(modelDocument).map(({ name, task, champion, versions, createdAt, updatedAt }) => ({
    name,
    ...(task === undefined ? {} : { task }),
    ...(champion === undefined ? {} : { champion }),
    versions,
    created_at: createdAt,
    updated_at: updatedAt,
  }));
  return { body: { models, ...(next === undefined ? {} : { next_cursor: next }) } };
};
