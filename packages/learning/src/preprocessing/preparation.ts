/** How a learner wants its design matrix. */
export interface Preparation {
  /** fill missing numbers with the median (booleans: the most frequent); false leaves NaN for the learner */
  readonly impute: boolean;
  /** add a 0/1 column to each numeric input that has missing values in training */
  readonly missingIndicators: boolean;
  /** subtract the mean of numeric inputs and divide by their standard deviation */
  readonly scale: boolean;
  /**
   * `by-target`: one number a category, in the order of the target's mean, where the target has an order (a number, or
   * two classes); one-hot where it has none
   */
  readonly categories: 'one-hot' | 'ordinal' | 'by-target';
  /** a missing category gets a slot of its own when training has such rows, or becomes the most frequent level */
  readonly missingCategory: 'own-slot' | 'most-frequent';
  /** slots of a categorical input, beyond which its rarest levels share one; missing is not counted */
  readonly maxLevels: number;
}

/** For learners that weigh and add features: everything filled in, scaled, one-hot. */
export const densePreparation: Preparation = {
  impute: true,
  missingIndicators: true,
  scale: true,
  categories: 'one-hot',
  missingCategory: 'own-slot',
  maxLevels: 50,
};

/**
 * For learners that only compare: what is missing stays missing, and nothing is scaled. In the order of the target's
 * mean, the best split of categories into two is one comparison (Fisher 1958; Breiman et al. 1984, section 4.2.2).
 */
export const treePreparation: Preparation = {
  impute: false,
  missingIndicators: false,
  scale: false,
  categories: 'by-target',
  missingCategory: 'own-slot',
  maxLevels: 50,
};
