import { type Column, type DataProblem, Problem, type Profile, type Roles } from '@bellwether/contracts';
import { mixedDates } from '@bellwether/datasets';

export interface DatedTable {
  readonly columns: readonly Column[];
  readonly roles: Roles;
  readonly profile: Profile | undefined;
  /** what its upload brought up */
  readonly problems?: readonly DataProblem[];
}

/** `17-Nov-16`, `2016/11/17`, `Nov 17, 2016`: one spelling or another, in a column that was taken for text. */
const dateLike = /^\s*(?:\d{1,4}|[A-Za-z]{3,9})[-/. ]+(?:\d{1,2}|[A-Za-z]{3,9})[-/., ]+\d{1,4}(?!\d)/;

/**
 * The column of a table that says when each row was: as asked, else by its role, else the only one of times.
 *
 * @throws Problem `timestamp-missing`, `timestamp-ambiguous`, `not-a-time`, each naming the columns that may hold dates
 */
export function dateColumn(asked: string | undefined, table: DatedTable): string {
  const { columns, roles, profile, problems } = table;
  const times = columns.filter(({ kind }) => kind === 'timestamp').map(({ name }) => name);
  const named = asked ?? roles.timestamp;
  if (named !== undefined && times.includes(named)) return named;
  if (named !== undefined) refuseMixed('not-a-time', named, problems);
  const like = dateLikeColumns(columns, profile);
  if (named !== undefined) throw notATime(named, columns, times, like);
  const [only, ...others] = times;
  if (only === undefined) {
    refuseMixed('timestamp-missing', undefined, problems);
    throw noTimes(like);
  }
  if (others.length === 0) return only;
  throw new Problem(422, 'timestamp-ambiguous', `There are several columns of times: ${times.join(', ')}.`, {
    field: 'date',
    cure: 'Say which of them with `date`.',
  });
}

/** @param column any if not said */
function refuseMixed(code: string, column: string | undefined, problems: DatedTable['problems']): void {
  const mixed = mixedDates(problems, column);
  if (mixed !== undefined) throw new Problem(422, code, mixed.message, { field: 'date', cure: mixed.cure });
}

/** Columns that were taken for something else, of which some value looks like a date. */
function dateLikeColumns(columns: readonly Column[], profile: Profile | undefined): string[] {
  const isText = ({ kind }: Column) => kind === 'text' || kind === 'categorical' || kind === 'id-like';
  return columns.filter(isText).flatMap(({ name }) => {
    const seen = profile?.columns.find((column) => column.name === name);
    const values = [...(seen?.top ?? []).map(({ value }) => value), seen?.min, seen?.max].filter(
      (value) => typeof value === 'string',
    );
    const example = values.find((value) => dateLike.test(value));
    return example === undefined ? [] : [`${name} (as in ${example})`];
  });
}

const oneSpelling = 'Write its dates in one way, best as 2016-11-17, and upload the table again.';

function noTimes(like: readonly string[]): Problem {
  const named = like.length === 0 ? '' : ` What looks like dates but was read as text: ${like.join(', ')}.`;
  return new Problem(422, 'timestamp-missing', `The table has no column of times.${named}`, {
    field: 'date',
    cure: like.length === 0 ? 'Upload a table with a column of dates.' : oneSpelling,
  });
}

function notATime(
  name: string,
  columns: readonly Column[],
  times: readonly string[],
  like: readonly string[],
): Problem {
  const column = columns.find((candidate) => candidate.name === name);
  const candidates = [...times, ...like].join(', ') || 'none';
  const detail =
    column === undefined ? `There is no column ${name}.` : `The column ${name} is ${column.kind}, not times.`;
  return new Problem(422, column === undefined ? 'column-missing' : 'not-a-time', detail, {
    field: 'date',
    cure: `Columns that may hold dates: ${candidates}. ${like.length === 0 ? '' : oneSpelling}`.trim(),
  });
}
