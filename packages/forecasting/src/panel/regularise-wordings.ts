import { describeFrequency } from '../frequency/infer-frequency.ts';
import type { PanelProblem, PanelProblemCode } from './panel-problem.ts';
import type { DuplicatePolicy, GapPolicy, RegulariseOptions } from './raw-rows.ts';
import type { PanelSchema } from './series.ts';

type Wording = Pick<PanelProblem, 'severity' | 'detail' | 'cure'>;

const merged: Record<DuplicatePolicy, string> = {
  sum: 'their targets were added up',
  last: 'the last one was taken',
  mean: 'their mean was taken',
};

const filled: Record<GapPolicy, string> = {
  zero: 'they count as 0',
  forward: 'they repeat the value before',
  interpolate: 'they lie on a line between their neighbours',
  missing: 'they are left missing; predictors that need them see a line between their neighbours',
};

const negativeWording = (policy: RegulariseOptions['negatives']): Wording => {
  if (policy === 'forward')
    return { severity: 'warning', detail: 'Negative values: the last value that was not negative was taken.' };
  if (policy === 'zero') return { severity: 'warning', detail: 'Negative values: 0 was taken.' };
  return {
    severity: 'warning',
    detail: 'There are negative values; they were kept.',
    cure: 'If they are returns or errors, replace them in the table.',
  };
};

/** What `regularise` says of what it finds. */
export const wordingsOf = (
  duplicates: DuplicatePolicy,
  gaps: GapPolicy,
  options: RegulariseOptions,
  { frequency }: PanelSchema,
): Partial<Record<PanelProblemCode, Wording>> => ({
  'no-rows': {
    severity: 'error',
    detail: 'There are no rows with an item.',
    cure: 'Check the name of the column of items.',
  },
  'no-values': {
    severity: 'warning',
    detail:
      'Items have no value of the target; they are forecast from items like them where a global model is fitted, else as 0.',
  },
  'stamp-missing': { severity: 'warning', detail: 'Rows without a time were left out.' },
  'item-missing': { severity: 'warning', detail: 'Rows without an item were left out.' },
  'duplicates-merged': {
    severity: 'warning',
    detail: `Several rows of an item are of the same period: ${merged[duplicates]}.`,
    cure: 'If they are of several series, name the column of items; if some are wrong, leave them out of the table.',
  },
  'stamps-snapped': {
    severity: 'note',
    detail: `Times between the stamps of periods (${describeFrequency(frequency)}) count to the period that holds them.`,
  },
  'gaps-filled': { severity: 'note', detail: `Periods without a value: ${filled[gaps]}.` },
  'gaps-left': { severity: 'note', detail: `Periods without a value: ${filled[gaps]}.` },
  'long-gap': {
    severity: 'warning',
    detail: 'A quarter or more of an item is one gap; its older values may say little.',
  },
  'leading-zeros-dropped': { severity: 'note', detail: 'Zeros before the first other value were left out.' },
  'negative-values': negativeWording(options.negatives),
  'future-values-cut': {
    severity: 'warning',
    detail: 'The target has values of the future; they were left out.',
    cure: 'If they are plans, give them as a known column.',
  },
  'too-many-periods': {
    severity: 'warning',
    detail: "Values more than 500,000 periods before an item's last one were left out.",
    cure: 'Check the oldest times, or choose a longer frequency.',
  },
});
