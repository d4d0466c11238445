import type { FakeRoutes } from './fake-edge.ts';

/** Answers predictions with the first value of each instance, doubled. */
export const predictions: FakeRoutes = {
  predict: ({ params, body }) => ({
    body: {
      model: params.name,
      version: body.version ?? 3,
      task: 'regression',
      predictions: body.instances.map((instance) => Number(Object.values(instance)[0]) * 2),
    },
  }),
};

export const predictionPath = '/v1/models/diamonds/predictions';
export const oneRow = { instances: [[0.23, 3, 5, 2, 61.5, 55, 3.95, 3.98, 2.43]] };
