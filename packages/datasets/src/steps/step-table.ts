import type { Column, ColumnKind, DataProblem, Period, Roles } from '@bellwether/contracts';
import { Problem } from '@bellwether/contracts/problem';
import { mixedDates } from '../mixed-dates.ts';
import { isColumnName } from '../name-columns.ts';
import { nearestNames } from '../roles.ts';
import { reservedNames } from './reserved-names.ts';

/** What is known of a table between two steps, before any row is read. */
export interface StepTable {
  readonly columns: readonly Column[];
  readonly roles: Roles;
  /** what a row stands for; known after `aggregate` */
  readonly period?: Period | undefined;
  /** what its upload brought up */
  readonly problems?: readonly DataProblem[];
}

/** A step with its defaults filled in, and the table as it leaves it. */
export interface Resolved<Step> {
  readonly step: Step;
  readonly table: StepTable;
}

const numbers: readonly ColumnKind[] = ['numeric', 'integer', 'boolean'];

/**
 * The column of that name.
 * @param field of the step, for the refusal
 * @throws Problem `column-missing` with the nearest names
 */
export function requireColumn({ columns }: StepTable, name: string, field: string): Column {
  const column = columns.find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  const nearest = nearestNames(
    name,
    columns.map((candidate) => candidate.name),
  );
  throw new Problem(422, 'column-missing', `There is no column ${name}.`, {
    field,
    cure: `The nearest are ${nearest.join(', ')}. Name columns of the dataset, or of what earlier steps left.`,
  });
}

/** @throws Problem `column-missing`, `not-a-number` */
export function requireNumber(table: StepTable, name: string, field: string): Column {
  const column = requireColumn(table, name, field);
  if (numbers.includes(column.kind)) return column;
  const looksLikeId =
    'It looks like an identifier. If it is a measurement, upload the table with it as the role target.';
  throw new Problem(422, 'not-a-number', `The column ${name} is ${column.kind}, not numbers.`, {
    field,
    cure: column.kind === 'id-like' ? looksLikeId : 'Name a column of numbers.',
  });
}

/**
 * The column of times that a step goes by.
 * @throws Problem `timestamp-missing`, `column-missing`, `not-a-time`
 */
export function requireDate(table: StepTable, asked: string | undefined): string {
  const name = asked ?? table.roles.timestamp ?? onlyTimestamp(table);
  if (name === undefined) {
    const mixed = mixedDates(table.problems);
    const detail = ['The step needs a column of times.', ...(mixed === undefined ? [] : [mixed.message])].join(' ');
    throw new Problem(422, 'timestamp-missing', detail, {
      field: 'date',
      cure: mixed?.cure ?? 'Name it, or give the dataset the role timestamp.',
    });
  }
  const column = requireColumn(table, name, 'date');
  if (column.kind === 'timestamp') return name;
  const mixed = mixedDates(table.problems, name);
  throw new Problem(422, 'not-a-time', mixed?.message ?? `The column ${name} is ${column.kind}, not times.`, {
    field: 'date',
    cure: mixed?.cure ?? 'Name a column of times.',
  });
}

function onlyTimestamp({ columns }: StepTable): string | undefined {
  const times = columns.filter((column) => column.kind === 'timestamp');
  return times.length === 1 ? times[0]?.name : undefined;
}

/** The column of items that a step goes by; without one all rows are one series. */
export function itemOf(table: StepTable, asked: string | undefined): string | undefined {
  const name = asked ?? table.roles.item;
  return name === undefined ? undefined : requireColumn(table, name, 'item').name;
}

/** @throws Problem `target-missing`, `column-missing`, `not-a-number` */
export function valueColumn(table: StepTable, asked: string | undefined): string {
  const name = asked ?? table.roles.target;
  if (name !== undefined) return requireNumber(table, name, 'column').name;
  throw new Problem(422, 'target-missing', 'The step needs a column of numbers.', {
    field: 'column',
    cure: 'Name it, or give the dataset the role target.',
  });
}

/**
 * The table with new columns at its end.
 * @throws Problem `column-exists`, `bad-column-name`, `reserved-column`
 */
export function withColumns(table: StepTable, added: readonly Column[], field: string): StepTable {
  const names = new Set(table.columns.map(({ name }) => name.toLowerCase()));
  for (const { name } of added) {
    const lower = name.toLowerCase();
    requireFit(name, field);
    if (names.has(lower)) {
      throw new Problem(422, 'column-exists', `There is a column ${name} already.`, {
        field,
        cure: 'Give the new one another name with `as`.',
      });
    }
    names.add(lower);
  }
  return { ...table, columns: [...table.columns, ...added] };
}

/** What a step names is as good a name as one of an upload, or its output could not be stored. */
function requireFit(name: string, field: string): void {
  if (reservedNames.includes(name.toLowerCase())) {
    throw new Problem(422, 'reserved-column', `No column can be called ${name}, a name that steps use.`, {
      field,
      cure: 'Give it another name with `as`.',
    });
  }
  if (isColumnName(name)) return;
  throw new Problem(422, 'bad-column-name', `No column can be called ${JSON.stringify(name)}.`, {
    field,
    cure: 'Give it a name of at most 256 characters, without line ends, tabs and other control characters.',
  });
}

export const numericColumn = (name: string): Column => ({ name, kind: 'numeric', nullable: true });
