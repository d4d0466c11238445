import { automl } from './automl/automl.ts';
import type { Benchmark } from './benchmark.ts';
import { enrichment } from './enrichment/enrichment.ts';
import { forecasting } from './forecasting/forecasting.ts';
import { messaging } from './messaging/messaging.ts';
import { prediction } from './prediction/prediction.ts';
import { serving } from './serving/serving.ts';
import { servingItems } from './serving-items/serving-items.ts';
import { training } from './training/training.ts';
import { trainingNeural } from './training-learners/training-neural.ts';
import { trainingSvm } from './training-learners/training-svm.ts';

/** All benchmarks, in the order of the list. */
export const benchmarks: readonly Benchmark[] = [
  serving,
  servingItems,
  messaging,
  automl,
  forecasting,
  training,
  prediction,
  enrichment,
  trainingSvm,
  trainingNeural,
];
