import type { PanelProblem } from '../panel/panel-problem.ts';
import type { Frequency, Unit } from './frequency.ts';
import { describeFrequency } from './infer-frequency.ts';

const minutesOf: Readonly<Record<Unit, number>> = {
  minute: 1,
  hour: 60,
  day: 1440,
  'business-day': 1440,
  week: 7 * 1440,
  month: 30.44 * 1440,
  quarter: 91.3 * 1440,
  year: 365.25 * 1440,
};

const lengthOf = ({ unit, count }: Pick<Frequency, 'unit' | 'count'>): number => minutesOf[unit] * count;

export interface ItemFrequency {
  readonly item: string;
  /** undefined where the item's stamps alone do not say it */
  readonly frequency: Pick<Frequency, 'unit' | 'count'> | undefined;
}

/**
 * Items whose values are much further apart than the panel's, and regular: what lies between is not missing, and a
 * forecast of the panel's periods says little of them.
 */
export const mixedFrequencies = (panel: Frequency, items: readonly ItemFrequency[]): readonly PanelProblem[] => {
  const rarer = items.filter(({ frequency }) => frequency !== undefined && lengthOf(frequency) > 4 * lengthOf(panel));
  const [first] = rarer;
  if (first?.frequency === undefined) return [];
  return [
    {
      code: 'frequencies-mixed',
      severity: 'warning',
      rows: 0,
      items: rarer.length,
      examples: rarer.slice(0, 5).map(({ item }) => item),
      detail: `Items have a value ${describeFrequency(first.frequency)}, where the table was taken for one ${describeFrequency(panel)}; what lies between counts as missing.`,
      cure: 'Forecast them from a table of their own, or say the longer frequency for all.',
    },
  ];
};
