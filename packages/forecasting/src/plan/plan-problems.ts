import type { PanelProblem, PanelProblemCode } from '../panel/panel-problem.ts';
import type { PanelSchema } from '../panel/series.ts';
import type { ForecastPlan } from './forecast-plan.ts';
import { sharedWindows } from './model-windows.ts';
import type { ItemFacts, PanelFacts } from './panel-facts.ts';
import { hasSearchWindow } from './search-window.ts';

const note = (
  code: PanelProblemCode,
  severity: PanelProblem['severity'],
  items: number,
  examples: readonly ItemFacts[],
  detail: string,
  cure?: string,
): PanelProblem => ({
  code,
  severity,
  rows: 0,
  items,
  examples: examples.slice(0, 5).map(({ item }) => item),
  detail,
  ...(cure === undefined ? {} : { cure }),
});

/** Items that a sample stands for. */
const estimated = (found: number, facts: PanelFacts): number =>
  Math.round((found * facts.items) / Math.max(1, facts.sample.length));

const fromSample = (
  facts: PanelFacts,
  holds: (item: ItemFacts) => boolean,
  problem: (items: number, examples: readonly ItemFacts[]) => PanelProblem,
): PanelProblem[] => {
  const found = facts.sample.filter(holds);
  return found.length === 0 ? [] : [problem(estimated(found.length, facts), found)];
};

const seasonProblems = (plan: ForecastPlan, facts: PanelFacts, calendar: readonly number[]): PanelProblem[] =>
  calendar
    .filter((length) => !plan.seasonLengths.includes(length))
    .map((length) => {
      const isShort = facts.sample.every(({ seasons }) => (seasons[calendar.indexOf(length)] ?? null) === null);
      const reason = isShort ? 'the history is too short for it' : 'the values do not show it';
      return note('season-not-found', 'note', 0, [], `A season of ${length} periods is left out: ${reason}.`);
    });

/** Rules about models that have windows of their own, or are searched for, where they take effect. */
const settingProblems = (plan: ForecastPlan): PanelProblem[] => {
  const shared = sharedWindows(plan);
  const names = Object.keys(plan.search ?? {});
  return [
    ...(shared === plan.windows
      ? []
      : [
          note(
            'windows-differ',
            'note',
            0,
            [],
            `Models have different numbers of backtest windows: they are weighted, and their mixture is scored, by the newest ${shared} that all of them have.`,
          ),
        ]),
    ...(names.length === 0 || hasSearchWindow(plan)
      ? []
      : [
          note(
            'search-skipped',
            'note',
            0,
            [],
            `Hyperparameters of ${names.join(', ')} are not searched for: the histories are too short for a window before those of the backtests.`,
          ),
        ]),
  ];
};

/** What a plan has to say of the data before anything is fitted. Counts of long panels are estimated from a sample. */
export const planProblems = (
  plan: ForecastPlan,
  schema: PanelSchema,
  facts: PanelFacts,
  calendar: readonly number[],
): PanelProblem[] => {
  const { horizon } = plan;
  const season = plan.seasonLengths[0] ?? 1;
  const short = Math.max(2 * season, 4);
  const all: PanelProblem[] = [];
  if (facts.items === 0 || facts.items === facts.empty) {
    all.push(
      note(
        'no-values',
        'error',
        facts.items,
        [],
        'No item has a value of the target.',
        'Check the target and the times.',
      ),
    );
  }
  if (facts.allZero > 0)
    all.push(note('all-zero', 'note', facts.allZero, [], 'All values of these items are 0; so are their forecasts.'));
  if (facts.constant > facts.allZero) {
    all.push(
      note(
        'constant',
        'note',
        facts.constant - facts.allZero,
        [],
        'Items always have the same value, which is their forecast.',
      ),
    );
  }
  return [
    ...all,
    ...fromSample(
      facts,
      ({ length }) => length > 0 && length < short,
      (items, examples) =>
        note(
          'short-history',
          'warning',
          items,
          examples,
          `Items have fewer than ${short} values; they are forecast with the weights of the whole panel.`,
        ),
    ),
    ...fromSample(
      facts,
      ({ length }) => length > 0 && length < horizon,
      (items, examples) =>
        note(
          'horizon-beyond-history',
          'warning',
          items,
          examples,
          `The horizon of ${horizon} periods is longer than the history; far steps are little more than the level.`,
        ),
    ),
    ...(schema.known.length === 0
      ? []
      : fromSample(
          facts,
          ({ future }) => future < horizon,
          (items, examples) =>
            note(
              'known-ends-early',
              'warning',
              items,
              examples,
              `Known columns end before the horizon of ${horizon} periods; what is missing is left unknown.`,
              'Add rows of the future with the known columns and no target.',
            ),
        )),
    ...seasonProblems(plan, facts, calendar),
    ...settingProblems(plan),
  ];
};
