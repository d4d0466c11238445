import { type Frame, type FrameColumn, Problem } from '@bellwether/contracts';

/**
 * The column of that name.
 * @throws Problem `column-missing`
 */
export const columnOf = (frame: Frame, name: string): FrameColumn => {
  const column = frame.columns.find((candidate) => candidate.name === name);
  if (column === undefined) {
    throw new Problem(422, 'column-missing', `The table has no column "${name}".`, {
      field: name,
      cure: `Add the column "${name}", or leave it empty where it is not known.`,
    });
  }
  return column;
};

/** Whether the cell holds a value; an infinite number counts as none, since no learner can take it in. */
export const isPresent = (column: FrameColumn, row: number): boolean =>
  column.type === 'numeric' ? Number.isFinite(column.values[row]) : (column.codes[row] as number) >= 0;
