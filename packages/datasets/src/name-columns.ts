import type { DataProblem } from '@bellwether/contracts';
import { fault, shown, warning } from './problem.ts';

const longestName = 256;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a name must not hold
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** `column_1`, `column_2`, … for a table without names. */
export const numberedNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `column_${index + 1}`);

function freeName(position: number, taken: ReadonlySet<string>): string {
  let name = `column_${position}`;
  for (let suffix = 2; taken.has(name.toLowerCase()); suffix += 1) name = `column_${position}_${suffix}`;
  return name;
}

const isTooLong = (name: string): boolean => [...name].length > longestName || !name.isWellFormed();

/** Whether a column may be called so. */
export const isColumnName = (name: string): boolean => !control.test(name) && !isTooLong(name);

function nameFault(name: string, position: number): DataProblem | undefined {
  if (control.test(name)) {
    return fault(
      'bad-column-name',
      `The name of column ${position}, ${shown(name)}, holds a control character.`,
      'Rename the column: line ends, tabs and other control characters cannot be in a name.',
      { column: name },
    );
  }
  if (!isTooLong(name)) return undefined;
  return fault(
    'bad-column-name',
    `The name of column ${position} has ${[...name].length} characters.`,
    `Give it a name of at most ${longestName} characters; if this is data, add a header line.`,
    { column: name.slice(0, longestName) },
  );
}

/**
 * Names as found in a table's header: trimmed, `column_N` for an empty one. Names that differ in case alone count as
 * the same, since SQL cannot tell them apart.
 */
export function nameColumns(found: readonly string[]): { names: string[]; problems: DataProblem[] } {
  const problems: DataProblem[] = [];
  const trimmed = found.map((name) => name.replace(/^[ \t]+|[ \t]+$/g, ''));
  const named = trimmed.map((_, index) => index).filter((index) => trimmed[index] !== '');
  const positions = Map.groupBy(named, (index) => (trimmed[index] as string).toLowerCase());
  for (const same of positions.values()) {
    if (same.length < 2) continue;
    const names = [...new Set(same.map((index) => shown(trimmed[index] as string)))].join(' and ');
    problems.push(
      fault(
        'duplicate-column',
        `Columns ${same.map((index) => index + 1).join(', ')} have the same name, ${names}.`,
        'Give each column a name of its own; upper and lower case count as the same.',
        { column: trimmed[same[0] as number] as string },
      ),
    );
  }
  const taken = new Set(positions.keys());
  const names = trimmed.map((name, index) => {
    if (name !== '') {
      const problem = nameFault(name, index + 1);
      if (problem !== undefined) problems.push(problem);
      return name;
    }
    const given = freeName(index + 1, taken);
    taken.add(given);
    problems.push(
      warning(
        'unnamed-column',
        `Column ${index + 1} has no name; it is called ${given}.`,
        'Name it in the header if you want another name.',
        { column: given },
      ),
    );
    return given;
  });
  return { names, problems };
}
