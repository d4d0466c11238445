import type { Automation } from '@bellwether/contracts';
import type { AutomationTable } from '@bellwether/database';

/** An automation's row as the API shows it. */
export function automationDocument({ id, name, definition, next_at, created_at }: AutomationTable): Automation {
  return {
    id,
    ...(name === null ? {} : { name }),
    ...(JSON.parse(definition) as Pick<Automation, 'when' | 'then'>),
    ...(next_at === null ? {} : { nextAt: new Date(next_at).toISOString() }),
    createdAt: new Date(created_at).toISOString(),
  };
}
