import type { CalendarPart, CalendarStep, Column, Period } from '@bellwether/contracts';
import { Problem } from '@bellwether/contracts/problem';
import { queryRows } from '../../duckdb/measure-columns.ts';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import type { StepDefinition, StepInput } from '../step-definition.ts';
import { requireDate, withColumns } from '../step-table.ts';

const parts: Readonly<Record<CalendarPart, (date: string) => string>> = {
  weekday: (date) => `isodow(${date})`,
  day: (date) => `day(${date})`,
  'day-of-year': (date) => `dayofyear(${date})`,
  week: (date) => `week(${date})`,
  month: (date) => `month(${date})`,
  quarter: (date) => `quarter(${date})`,
  year: (date) => `year(${date})`,
  weekend: (date) => `isodow(${date}) >= 6`,
};

const days: Readonly<Record<Period, string>> = {
  day: 'INTERVAL 1 DAY',
  week: 'INTERVAL 7 DAY',
  month: 'INTERVAL 1 MONTH',
  quarter: 'INTERVAL 3 MONTH',
};

const nameOf = (date: string, part: string): string => `${date}_${part}`;

const kindOf = (part: CalendarPart): Column['kind'] => (part === 'weekend' ? 'boolean' : 'integer');

/** Features of the date alone, known ahead for any future row. */
export const calendar: StepDefinition<CalendarStep> = {
  keepsRows: true,
  order: ({ holidays }, before) => (holidays === undefined ? before : undefined),
  resolve: (step, table) => {
    const date = requireDate(table, step.date);
    const wanted = [...new Set(step.parts)];
    const added: Column[] = wanted.map((part) => ({ name: nameOf(date, part), kind: kindOf(part), nullable: true }));
    if (step.holidays !== undefined) added.push({ name: nameOf(date, 'holidays'), kind: 'integer', nullable: true });
    return { step: { ...step, date, parts: wanted }, table: withColumns(table, added, 'parts') };
  },

  sql: async (step, input) => {
    const name = step.date ?? '';
    const date = quoteIdentifier(name);
    const features = step.parts.map((part) => `${parts[part](date)} AS ${quoteIdentifier(nameOf(name, part))}`);
    if (step.holidays === undefined) return `SELECT *, ${features.join(', ')} FROM ${input.from}`;
    await countHolidays(step.holidays, name, input);
    features.push(`h.holidays AS ${quoteIdentifier(nameOf(name, 'holidays'))}`);
    return `SELECT l.*, ${features.join(', ')} FROM ${input.from} AS l
      LEFT JOIN holiday_counts AS h ON CAST(${date} AS DATE) = h.first_day`;
  },
};

/** Makes the table `holiday_counts`: the holidays of each period that begins on a date of the table. */
async function countHolidays(country: string, name: string, { connection, having, table }: StepInput): Promise<void> {
  const date = quoteIdentifier(name);
  const rows = having([name]);
  const period = days[table.period ?? 'day'];
  // Those that occur, and no others: a year takes 15 ms, and 9999-12-31 often stands for the end of time. A year's first
  // holiday may be observed in the year before.
  const years = await queryRows(
    connection,
    `SELECT DISTINCT y FROM (SELECT unnest([year(${date}), year(${date}) + 1]) AS y FROM ${rows})
      WHERE y BETWEEN 1000 AND 9999`,
  );
  const holidays = await publicHolidays(
    country,
    years.map(([year]) => Number(year)),
  );
  const list = `[${holidays.map((holiday) => `DATE '${holiday}'`).join(', ')}]::DATE[]`;
  const end = `first_day + ${period}`;
  await connection.run(`CREATE OR REPLACE TEMP TABLE holiday_counts AS
    SELECT first_day, (SELECT count(*) FROM (SELECT unnest(${list}) AS holiday)
      WHERE holiday >= first_day AND holiday < ${end}) AS holidays
    FROM (SELECT DISTINCT CAST(${date} AS DATE) AS first_day FROM ${rows} WHERE ${date} IS NOT NULL)`);
}

/**
 * Days of public holidays, in order.
 *
 * @param country ISO 3166 code, perhaps with a subdivision: `US`, `DE-BY`
 * @throws Problem `country-unknown`
 */
export async function publicHolidays(country: string, years: readonly number[]): Promise<string[]> {
  const { default: Holidays } = await import('date-holidays');
  const [code = '', state] = country.split('-');
  const source = new Holidays();
  const countries = source.getCountries();
  const states = source.getStates(code);
  if (countries[code] === undefined || (state !== undefined && states?.[state] === undefined)) {
    throw new Problem(422, 'country-unknown', `No holidays are known for ${country}.`, {
      field: 'holidays',
      cure: 'Give an ISO 3166 code such as US or DE-BY.',
    });
  }
  source.init(code, state ?? '');
  const found = new Set<string>();
  for (const year of years) {
    for (const { date, type } of source.getHolidays(year)) if (type === 'public') found.add(date.slice(0, 10));
  }
  return [...found].toSorted();
}
