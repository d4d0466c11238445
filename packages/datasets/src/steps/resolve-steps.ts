import type { EnrichmentStep } from '@bellwether/contracts';
import { Problem } from '@bellwether/contracts/problem';
import { defaultLimits } from '../limits.ts';
import { definitionOf, type OtherTables } from './registry.ts';
import { reservedNames } from './reserved-names.ts';
import type { StepTable } from './step-table.ts';

export interface ResolvedSteps {
  /** with their defaults filled in, as they are kept in lineage */
  readonly steps: readonly EnrichmentStep[];
  /** what they leave */
  readonly table: StepTable;
}

/**
 * Checks steps against a table's schema, each against what the one before it leaves, without reading a row.
 *
 * @param other schemas of the datasets that steps may join
 * @throws Problem 422 that names the field, as in `steps[2].column`
 */
export function resolveSteps(
  steps: readonly EnrichmentStep[],
  table: StepTable,
  other: OtherTables = () => undefined,
): ResolvedSteps {
  const resolved: EnrichmentStep[] = [];
  let current = table;
  refuseReserved(table);
  for (const [index, step] of steps.entries()) {
    const outcome = within(`steps[${index}]`, () => definitionOf(step, other).resolve(step, current));
    resolved.push(outcome.step);
    current = outcome.table;
  }
  if (steps.length > 0) refuseTooWide(current);
  return { steps: resolved, table: current };
}

function within<R>(path: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { field } = error.options;
    throw new Problem(error.status, error.code, error.message, {
      ...error.options,
      field: field === undefined ? path : `${path}.${field}`,
    });
  }
}

/** Else the work would be done, and its output not stored. */
function refuseTooWide({ columns }: StepTable): void {
  const { columns: most } = defaultLimits;
  if (columns.length <= most) return;
  const detail = `The steps leave ${columns.length} columns; ${most} are the most.`;
  throw new Problem(422, 'too-many-columns', detail, {
    field: 'steps',
    cure: 'Ask for fewer, or leave some out with a `select` step.',
  });
}

function refuseReserved({ columns }: StepTable): void {
  const reserved = columns.find(({ name }) => reservedNames.includes(name.toLowerCase()))?.name;
  if (reserved === undefined) return;
  throw new Problem(422, 'reserved-column', `The table has a column ${reserved}, a name that steps use.`, {
    field: 'steps',
    cure: 'Rename it.',
  });
}
