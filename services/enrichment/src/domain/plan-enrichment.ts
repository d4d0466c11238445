import type { Column, EnrichmentRequest, Roles } from '@bellwether/contracts';

/** One dataset that an enrichment makes. */
export interface PlannedOutput {
  readonly part: 'enriched' | 'train' | 'test' | 'actuals';
  readonly datasetId: string;
  readonly name: string;
  readonly roles: Roles;
}

/** What an enrichment does, decided when it is accepted and kept in its job's row. */
export interface EnrichmentPlan {
  /** the columns that remain, in order */
  readonly columns: readonly string[];
  readonly split?: {
    readonly target: string;
    readonly testFraction: number;
    readonly seed: number;
    /** split by this column instead of shuffling */
    readonly timestamp?: string;
  };
  readonly outputs: readonly PlannedOutput[];
}

export interface EnrichmentRefusal {
  readonly code: string;
  readonly detail: string;
  readonly field: string;
  readonly cure: string;
}

export type EnrichmentPlanResult =
  | { readonly ok: true; readonly plan: EnrichmentPlan }
  | { readonly ok: false; readonly refusal: EnrichmentRefusal };

interface Table {
  readonly name: string;
  readonly schema: readonly Column[];
  readonly roles: Roles;
}

/** as the contract's `Name` has it */
const maxName = 100;

/**
 * Plans the outputs: the enriched table, or with a split its train part, its test part without the target, and the real
 * values of the test part.
 *
 * @param newDatasetId called once an output
 */
export function planEnrichment(
  request: EnrichmentRequest,
  table: Table,
  newDatasetId: () => string,
): EnrichmentPlanResult {
  const all = table.schema.map((column) => column.name);
  let columns = all;
  for (const [index, step] of request.steps.entries()) {
    const missing = step.columns.find((name) => !columns.includes(name));
    if (missing !== undefined) return refuse(missingColumn(missing, `steps[${index}].columns`, columns));
    columns = [...new Set(step.columns)];
  }
  const { split } = request;
  const name = request.name ?? table.name;
  const roles = rolesWithin(table.roles, columns);
  const output = (part: PlannedOutput['part'], suffix: string, kept: Roles): PlannedOutput => ({
    part,
    datasetId: newDatasetId(),
    // The end of a long name gives way, or train, test and actuals would all have it alone.
    name: `${name.slice(0, maxName - suffix.length)}${suffix}`,
    roles: kept,
  });
  if (split === undefined) return { ok: true, plan: { columns, outputs: [output('enriched', '', roles)] } };

  const target = split.target ?? roles.target ?? columns.at(-1) ?? '';
  if (!columns.includes(target)) return refuse(missingColumn(target, 'split.target', columns));
  if (columns.length === 1) return refuse(nothingToSplit(target));
  if (split.by === 'time' && roles.timestamp === undefined) return refuse(noTimestamp());
  const timestamp = split.by === 'shuffle' ? undefined : roles.timestamp;
  const { target: _, ...withoutTarget } = roles;
  return {
    ok: true,
    plan: {
      columns,
      split: {
        target,
        testFraction: split.testFraction,
        seed: split.seed,
        ...(timestamp === undefined ? {} : { timestamp }),
      },
      outputs: [
        output('train', '-train', { ...roles, target }),
        output('test', '-test', withoutTarget),
        output('actuals', '-actuals', { target }),
      ],
    },
  };
}

function rolesWithin(roles: Roles, columns: readonly string[]): Roles {
  return Object.fromEntries(
    Object.entries(roles).filter(([, column]) => column !== undefined && columns.includes(column)),
  );
}

function refuse(refusal: EnrichmentRefusal): EnrichmentPlanResult {
  return { ok: false, refusal };
}

function missingColumn(name: string, field: string, columns: readonly string[]): EnrichmentRefusal {
  return {
    code: 'column-missing',
    detail: `There is no column ${name}. The columns are: ${columns.slice(0, 20).join(', ')}.`,
    field,
    cure: 'Name columns of the dataset, or of what earlier steps left.',
  };
}

function nothingToSplit(target: string): EnrichmentRefusal {
  return {
    code: 'no-inputs',
    detail: `The table has no column besides its target ${target}, so its test part would be empty.`,
    field: 'split.target',
    cure: 'Keep at least one more column.',
  };
}

function noTimestamp(): EnrichmentRefusal {
  return {
    code: 'timestamp-missing',
    detail: 'A split by time needs a column with the role timestamp.',
    field: 'split.by',
    cure: 'Give the dataset the role timestamp, or split by shuffle.',
  };
}
