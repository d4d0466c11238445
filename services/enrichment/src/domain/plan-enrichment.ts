import { type EnrichmentRequest, type EnrichmentStep, Problem, type Roles } from '@bellwether/contracts';
import { mixedDates, type OtherTables, resolveSteps, rowId, type StepTable } from '@bellwether/datasets';

/** One dataset that an enrichment makes. */
export interface PlannedOutput {
  readonly part: 'enriched' | 'train' | 'test' | 'actuals';
  readonly datasetId: string;
  readonly name: string;
  readonly roles: Roles;
}

/** What an enrichment does, decided when it is accepted and kept in its job's row. */
export interface EnrichmentPlan {
  /** with their defaults filled in */
  readonly steps: readonly EnrichmentStep[];
  readonly split?: {
    readonly target: string;
    readonly testFraction: number;
    readonly seed: number;
    /** split by this column instead of shuffling */
    readonly timestamp?: string;
    /** all rows of one value of this column are on the same side */
    readonly group?: string;
  };
  readonly outputs: readonly PlannedOutput[];
}

interface Table extends StepTable {
  readonly name: string;
}

/** as the contract's `Name` has it */
const maxName = 100;

/**
 * Plans the outputs: the enriched table, or with a split its train part, its test part without the target, and the real
 * values of the test part.
 *
 * @param newDatasetId called once an output
 * @param other schemas of the datasets that steps join
 * @throws Problem 422 naming the field
 */
export function planEnrichment(
  request: EnrichmentRequest,
  table: Table,
  newDatasetId: () => string,
  other?: OtherTables,
): EnrichmentPlan {
  const { steps, table: left } = resolveSteps(request.steps, withTarget(table, request), other);
  const name = request.name ?? table.name;
  const output = (part: PlannedOutput['part'], suffix: string, roles: Roles): PlannedOutput => ({
    part,
    datasetId: newDatasetId(),
    // The end of a long name gives way, or train, test and actuals would all have it alone.
    name: `${name.slice(0, maxName - suffix.length)}${suffix}`,
    roles,
  });
  if (request.split === undefined) return { steps, outputs: [output('enriched', '', left.roles)] };

  const { date } = request.split;
  const roles = date === undefined ? left.roles : { ...left.roles, timestamp: requireTime(date, left) };
  const split = planSplit(request.split, { ...left, roles }, usualTarget(table, roles));
  // A part has the role of a column that it has: what is predicted may be the item.
  const withoutTarget = Object.fromEntries(
    Object.entries(roles).filter(([role, name]) => role !== 'target' && name !== split.target),
  );
  return {
    steps,
    split,
    outputs: [
      output('train', '-train', { ...withoutTarget, target: split.target }),
      output('test', '-test', withoutTarget),
      output('actuals', '-actuals', { target: split.target }),
    ],
  };
}

/**
 * The table with a target where steps look for one that nobody named: the same column that a split would take, so that
 * `lags` beside a split speak of what is predicted.
 */
function withTarget(table: Table, { steps, split }: EnrichmentRequest): Table {
  const isSought = steps.some((step) => (step.kind === 'lags' || step.kind === 'rolling') && step.column === undefined);
  if (!isSought || table.roles.target !== undefined) return table;
  const timestamp = split?.date ?? table.roles.timestamp;
  const name = split?.target ?? usualTarget(table, timestamp === undefined ? {} : { timestamp });
  const kind = table.columns.find((column) => column.name === name)?.kind;
  if (name === undefined || (kind !== 'numeric' && kind !== 'integer')) return table;
  return { ...table, roles: { ...table.roles, target: name } };
}

function planSplit(
  split: NonNullable<EnrichmentRequest['split']>,
  { columns, roles }: StepTable,
  usual: string | undefined,
): NonNullable<EnrichmentPlan['split']> {
  const names = columns.map(({ name }) => name);
  const last = usual !== undefined && names.includes(usual) ? usual : names.at(-1);
  const target = split.target ?? roles.target ?? last ?? '';
  if (!names.includes(target)) throw missingColumn(target, names, 'split.target');
  if (names.length === 1) throw nothingToSplit(target);
  const taken = names.find((name) => name.toLowerCase() === rowId);
  if (taken !== undefined) throw rowIdTaken(taken);
  if (split.by === 'time' && roles.timestamp === undefined) throw noTimestamp();
  const { testFraction, seed } = split;
  const group = groupOf(split, names, roles);
  if (group !== undefined) return { target, testFraction, seed, group };
  const timestamp = split.by === 'shuffle' ? undefined : roles.timestamp;
  return { target, testFraction, seed, ...(timestamp === undefined ? {} : { timestamp }) };
}

/**
 * The last column as it was uploaded: steps put theirs behind it, and a feature is nothing to predict. Nor is a column
 * without values, as an export's last one often is.
 */
function usualTarget({ columns, problems = [] }: Table, { timestamp }: Roles): string | undefined {
  const isEmpty = (name: string) => problems.some(({ code, column }) => code === 'all-null-column' && column === name);
  return columns.findLast(({ name }) => name !== timestamp && !isEmpty(name))?.name;
}

function groupOf(
  { by, column }: NonNullable<EnrichmentRequest['split']>,
  names: readonly string[],
  roles: Roles,
): string | undefined {
  if (by !== 'group') {
    if (column === undefined) return undefined;
    throw new Problem(422, 'split-refused', 'Only a split by group has a `column`.', {
      field: 'split.column',
      cure: 'Say `"by": "group"`, or leave `column` out.',
    });
  }
  const group = column ?? roles.item;
  if (group !== undefined && names.includes(group)) return group;
  if (group !== undefined) throw missingColumn(group, names, 'split.column');
  throw new Problem(422, 'group-missing', 'A split by group needs the column of the groups.', {
    field: 'split.column',
    cure: 'Name it as `column`, or give the dataset the role item.',
  });
}

function requireTime(name: string, { columns, problems }: StepTable): string {
  const column = columns.find((candidate) => candidate.name === name);
  if (column?.kind === 'timestamp') return name;
  const mixed = column && mixedDates(problems, name);
  if (mixed) throw new Problem(422, 'not-a-time', mixed.message, { field: 'split.date', cure: mixed.cure });
  const times = columns.filter(({ kind }) => kind === 'timestamp').map((time) => time.name);
  const detail = column === undefined ? `There is no column ${name}.` : `Column ${name} is ${column.kind}, not times.`;
  throw new Problem(422, column === undefined ? 'column-missing' : 'not-a-time', detail, {
    field: 'split.date',
    cure: times.length === 0 ? 'The table has no column of times.' : `Columns of times are: ${times.join(', ')}.`,
  });
}

function missingColumn(name: string, columns: readonly string[], field: string): Problem {
  const some = columns.slice(0, 20).join(', ');
  return new Problem(422, 'column-missing', `There is no column ${name}. The columns are: ${some}.`, {
    field,
    cure: 'Name columns of the dataset, or of what the steps left.',
  });
}

function nothingToSplit(target: string): Problem {
  const detail = `The table has no column besides its target ${target}, so its test part would be empty.`;
  return new Problem(422, 'no-inputs', detail, { field: 'split.target', cure: 'Keep at least one more column.' });
}

function rowIdTaken(name: string): Problem {
  const detail = `The table has a column ${name} already, by which the test part and the real values would be tied.`;
  return new Problem(422, 'reserved-column', detail, {
    field: 'split',
    cure: 'Rename it, or leave it out with a `select` step.',
  });
}

function noTimestamp(): Problem {
  return new Problem(422, 'timestamp-missing', 'A split by time needs a column with the role timestamp.', {
    field: 'split.by',
    cure: 'Give the dataset the role timestamp, or split by shuffle.',
  });
}
