import type { Database } from '@bellwether/database';
import { defaultTag } from '../domain/choose-item-model.ts';

/** Models of a tenant of which any version is tagged as the default for items, the one with the newest first. */
export async function modelsTaggedDefault({ read }: Database, tenantId: string): Promise<string[]> {
  const rows = await read
    .selectFrom('model_versions')
    .select(['model', 'tags'])
    .where('tenant_id', '=', tenantId)
    // Tags are stored as JSON.stringify writes them: a coarse filter, so that few are parsed.
    .where('tags', 'like', `%"${defaultTag.name}":"${defaultTag.value}"%`)
    .orderBy('created_at', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return rows.flatMap(({ model, tags }) => (JSON.parse(tags)[defaultTag.name] === defaultTag.value ? [model] : []));
}
