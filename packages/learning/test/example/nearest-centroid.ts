import { z } from 'zod';
import { float64Parameter } from '../../src/learners/learned-parameters.ts';
import { type Design, defineLearner } from '../../src/learners/learner.ts';
import { densePreparation } from '../../src/preprocessing/preparation.ts';

/** The mean of each class's rows, one after the other. */
const centroidsOf = ({ x, y, classes }: Design): Float64Array => {
  const sums = new Float64Array(classes * x.columns);
  const counts = new Float64Array(classes);
  for (const [row, label] of y.entries()) {
    counts[label] = (counts[label] as number) + 1;
    for (let i = 0; i < x.columns; i++) {
      const at = label * x.columns + i;
      sums[at] = (sums[at] as number) + (x.values[row * x.columns + i] as number);
    }
  }
  return sums.map((sum, at) => sum / (counts[Math.floor(at / x.columns)] as number));
};

/** The class whose mean is nearest; the closer, the more probable. */
export const nearestCentroid = defineLearner({
  algorithm: 'nearest-centroid',
  description: 'The label whose rows are nearest in the mean, on standardised inputs.',
  tasks: ['classification'],
  preparation: densePreparation,
  hyperparameters: z.strictObject({
    sharpness: z.number().positive().default(1).meta({ description: 'How fast probability falls with distance' }),
  }),
  searchSpace: () => ({ sharpness: { kind: 'float', low: 0.1, high: 10, log: true } }),
  fit: (design, { sharpness }) => ({
    values: {},
    arrays: { centroids: centroidsOf(design), sharpness: Float64Array.of(sharpness) },
  }),
  predictor: (parameters, { features, classes }) => {
    const centroids = float64Parameter(parameters, 'centroids', classes * features);
    const [sharpness = 1] = float64Parameter(parameters, 'sharpness', 1);
    const distances = new Float64Array(classes);
    return {
      output: 'probabilities',
      width: classes,
      score: (x, from, out, at) => {
        for (let k = 0; k < classes; k++) {
          const centroid = centroids.subarray(k * features, (k + 1) * features);
          distances[k] = centroid.reduce((sum, mean, i) => sum + ((x[from + i] as number) - mean) ** 2, 0);
        }
        const nearest = Math.min(...distances);
        const weights = distances.map((distance) => Math.exp(sharpness * (nearest - distance)));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        for (let k = 0; k < classes; k++) out[at + k] = (weights[k] as number) / total;
      },
    };
  },
});
