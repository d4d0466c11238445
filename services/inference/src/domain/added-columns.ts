import type { BatchPlan } from './batch-plan.ts';

type Label = BatchPlan['probabilities'][number]['label'];

/** More would make a table of probabilities out of a table of predictions. */
export const mostProbabilityColumns = 100;
const longestName = 256;

/**
 * Names for the columns that a prediction adds: `prediction`, `probability_<label>` for each label, and the ends of an
 * interval, numbered where the table has such a column already. Case does not count, since SQL cannot tell such names
 * apart.
 */
export function nameAddedColumns(
  taken: readonly string[],
  labels: readonly Label[],
  coverage?: number,
): Pick<BatchPlan, 'predictionColumn' | 'probabilities' | 'interval'> {
  const lower = new Set(taken.map((name) => name.toLowerCase()));
  const free = (wanted: string): string => {
    let name = wanted;
    for (let suffix = 2; lower.has(name.toLowerCase()); suffix++) name = `${wanted}_${suffix}`;
    lower.add(name.toLowerCase());
    return name;
  };
  return {
    predictionColumn: free('prediction'),
    probabilities: labels.map((label) => ({ label, column: free(`probability_${nameable(String(label))}`) })),
    ...(coverage === undefined ? {} : { interval: { coverage, lower: free('lower'), upper: free('upper') } }),
  };
}

/** A label as a part of a column's name: no control characters, and room for a number. */
function nameable(label: string): string {
  const visible = label
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .trim();
  return [...visible].slice(0, longestName - 'probability__9999'.length).join('');
}
