import type { Column, ColumnProfile, Roles } from '@bellwether/contracts';

export type Task = 'regression' | 'classification';

export interface ChosenTask {
  readonly task: Task;
  readonly why: string;
}

const maxClasses = 20;
const maxShareOfRows = 0.05;

/**
 * What kind of thing to predict: as asked; else regression when roles name a time or an item; else classification when
 * the target is text or boolean, or whole numbers with few distinct values; else regression.
 *
 * @param rows of the dataset
 */
export function chooseTask(
  target: Column,
  profile: Pick<ColumnProfile, 'distinct'>,
  rows: number,
  roles: Roles,
  asked?: Task,
): ChosenTask {
  if (asked !== undefined) return { task: asked, why: 'as asked' };
  if (roles.timestamp !== undefined) return { task: 'regression', why: `column ${roles.timestamp} is the time` };
  if (roles.item !== undefined) return { task: 'regression', why: `column ${roles.item} is the item` };
  if (
    target.kind === 'boolean' ||
    target.kind === 'categorical' ||
    target.kind === 'text' ||
    target.kind === 'id-like'
  ) {
    return { task: 'classification', why: `the target is ${target.kind}` };
  }
  if (target.kind === 'integer' && profile.distinct <= maxClasses && profile.distinct <= rows * maxShareOfRows) {
    return { task: 'classification', why: `the target has ${profile.distinct} distinct whole numbers` };
  }
  return { task: 'regression', why: `the target is ${target.kind} with ${profile.distinct} distinct values` };
}
