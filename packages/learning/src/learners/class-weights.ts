import { Problem } from '@bellwether/contracts';
import { z } from 'zod';
import type { Design } from './learner.ts';

/** How much the rows of each class count: all the same, each class as much as any other, or as given by label. */
export const ClassWeight = z
  .union([z.enum(['none', 'balanced']), z.record(z.string(), z.number().positive())])
  .default('none')
  .meta({
    tasks: ['classification'],
    description:
      'Classification: "none", "balanced" (rows of rare labels count more), or an object of weights above 0 by label',
  });
export type ClassWeight = z.infer<typeof ClassWeight>;

const countsOf = ({ y, classes }: Design): Float64Array => {
  const counts = new Float64Array(classes);
  for (const label of y) counts[label] = (counts[label] as number) + 1;
  return counts;
};

/**
 * One weight a class, as scikit-learn's `class_weight`: `balanced` is rows / (classes × rows of the class); labels that
 * an object does not name weigh 1.
 * @throws Problem `hyperparameter-refused` for a label that the target does not hold
 */
export const classWeightsOf = (design: Design, weight: ClassWeight): Float64Array => {
  const { y, classes, labels } = design;
  if (weight === 'none') return new Float64Array(classes).fill(1);
  if (weight === 'balanced') return countsOf(design).map((count) => y.length / (classes * count));
  const names = (labels ?? [...Array(classes).keys()]).map(String);
  const unknown = Object.keys(weight).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Problem(422, 'hyperparameter-refused', `The target holds no label "${unknown}".`, {
      field: 'hyperparameters.classWeight',
      cure: `Its labels are: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}.`,
    });
  }
  return Float64Array.from(names, (name) => weight[name] ?? 1);
};
