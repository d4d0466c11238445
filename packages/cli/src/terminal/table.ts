import CliTable from 'cli-table3';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';

/** A column of a table: its head, and where its values stand. */
export interface TableColumn {
  readonly head: string;
  readonly align?: 'left' | 'right';
}

const edges = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'];
const lines = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'];
const noLines = Object.fromEntries([...edges, ...lines].map((name) => [name, '']));

/** A table without lines, ready to be printed; an empty one is its head alone. */
export function table(columns: readonly TableColumn[], rows: readonly (readonly string[])[], paint: Paint): string {
  const made = new CliTable({
    head: columns.map(({ head }) => paint('bold', head)),
    colAligns: columns.map(({ align = 'left' }) => align),
    chars: { ...noLines, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) made.push(row.map((cell) => printable(cell)));
  const text = made.toString().replace(/[ \t]+$/gm, '');
  return `${text}\n`;
}

/** Pairs of a name and its value, one a line. */
export function facts(pairs: readonly (readonly [name: string, value: string | undefined])[], paint: Paint): string {
  const known = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  const width = Math.max(0, ...known.map(([name]) => name.length));
  return known.map(([name, value]) => `${paint('dim', name.padEnd(width))}  ${printable(value)}\n`).join('');
}
