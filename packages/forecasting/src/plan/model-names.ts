/** The global model's name in plans, weights and errors. */
export const boostedTreesName = 'boosted-trees';

/** What every backtest has, in the plan or not: forecasts are never to be worse than it. */
export const baselineName = 'seasonal-naive';
