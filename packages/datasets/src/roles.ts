import type { DataProblem, Profile, Roles } from '@bellwether/contracts';
import { fault, shown, warning } from './problem.ts';

/** Levenshtein distance of two names, in code units. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The names most like `wanted`, best first, case apart. */
export function nearestNames(wanted: string, names: readonly string[], count = 3): string[] {
  const simple = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, '');
  return names
    .map((name) => ({ name, distance: editDistance(simple(wanted).slice(0, 64), simple(name).slice(0, 64)) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** One problem for each role whose column is not among `names`: `target-missing`, `timestamp-missing`, `item-missing`. */
export function missingRoles(roles: Roles, names: readonly string[]): DataProblem[] {
  const present = new Set(names);
  return (['target', 'timestamp', 'item'] as const).flatMap((role) => {
    const name = roles[role];
    if (name === undefined || present.has(name)) return [];
    const nearest = nearestNames(name, names).map(shown).join(', ');
    return [
      fault(
        `${role}-missing`,
        `There is no column ${shown(name)} to be the ${role}.`,
        `Name a column of the file as the ${role}; the nearest are ${nearest}.`,
        { column: name },
      ),
    ];
  });
}

/** A warning for each column with a role that has missing values: its rows cannot be used in that role. */
export function gapsInRoles(roles: Roles, profile: Profile): DataProblem[] {
  return (['target', 'timestamp', 'item'] as const).flatMap((role) => {
    const column = profile.columns.find(({ name }) => name === roles[role]);
    if (column === undefined || column.nulls === 0) return [];
    const message = `The ${role} ${shown(column.name)} is missing in ${column.nulls} rows.`;
    return [warning(`${role}-has-gaps`, message, 'Fill them in or remove these rows.', { column: column.name })];
  });
}
