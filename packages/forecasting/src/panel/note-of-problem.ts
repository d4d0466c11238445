import type { PanelProblem } from './panel-problem.ts';

const mostNames = 3;
const longest = 40;

const quoted = (name: string): string => `"${name.length > longest ? `${name.slice(0, longest - 1)}…` : name}"`;

/** How often and in which items; a table of one series has no names of items. */
const extent = ({ rows, items, examples }: PanelProblem): string => {
  const names = examples.filter((name) => name !== '').map(quoted);
  const count = rows > 0 ? rows.toLocaleString('en-US') : '';
  if (names.length === 0) return count;
  const which =
    items === 1
      ? (names[0] as string)
      : `${items.toLocaleString('en-US')} items, such as ${names.slice(0, mostNames).join(', ')}`;
  return count === '' ? which : `${count} in ${which}`;
};

/** A problem as a sentence for a person: what was found and done, how often and in which items, and what mends it. */
export const noteOfProblem = (problem: PanelProblem): string => {
  const { detail, cure } = problem;
  const found = extent(problem);
  const told = found === '' ? detail : `${detail.replace(/\.$/, '')} (${found}).`;
  return cure === undefined ? told : `${told} ${cure}`;
};
