import type { ModelVersion } from '@bellwether/contracts';
import { CommandFailure } from '../failure.ts';
import { valueOfCell } from './missing-values.ts';

export type Instance = (string | null)[] | Record<string, string | null>;

/** How the columns of a file become a model's inputs. */
export interface ColumnPlan {
  /** names of all columns of the file, where its first line names them */
  readonly header: readonly string[] | undefined;
  /** columns of the file that the model does not know */
  readonly unused: readonly string[];
  instance(values: readonly string[]): Instance;
}

type Inputs = Pick<ModelVersion, 'inputs' | 'target'>;

/**
 * Tells from the first record how to read a file. A record that holds the name of an input is a header, and columns
 * then count by name: the target and strangers are left out. Otherwise the values count by place, with or without the
 * target as the last one.
 *
 * @throws CommandFailure `wrong-number-of-values`
 */
export function planColumns(first: readonly string[], { inputs, target }: Inputs): ColumnPlan {
  const names = inputs.map(({ name }) => name);
  const known = new Set(names);
  const found = first.map(columnName);
  if (found.some((name) => known.has(name))) return byName(first, found, { inputs: names, target });
  if (first.length !== names.length && first.length !== names.length + 1) {
    throw new CommandFailure(
      'wrong-number-of-values',
      `The first line has ${first.length} values; the model takes ${names.length}.`,
      { cure: `Give a header, or values of: ${names.join(', ')}.` },
    );
  }
  return {
    header: undefined,
    unused: [],
    instance: (values) => values.slice(0, names.length).map(valueOfCell),
  };
}

function byName(
  header: readonly string[],
  found: readonly string[],
  { inputs, target }: { readonly inputs: readonly string[]; readonly target: string },
): ColumnPlan {
  const places = inputs.flatMap((name) => (found.includes(name) ? [{ name, place: found.indexOf(name) }] : []));
  const known = new Set([...inputs, target]);
  const isComplete = places.length === inputs.length;
  return {
    header,
    unused: found.filter((name) => !known.has(name)),
    instance: (values) => {
      const cells = places.map(({ name, place }) => [name, valueOfCell(values[place] ?? '')] as const);
      // An input that the file lacks is the server's to judge: some models have no use for it.
      return isComplete ? cells.map(([, value]) => value) : Object.fromEntries(cells);
    },
  };
}

/** The name that an upload gives to a column: trimmed, and numbered where there is none. */
function columnName(cell: string, index: number): string {
  return cell.trim() || `column_${index + 1}`;
}
