/** What the driver tells all threads to do: the codes of `assembly/orders.ts`. */
export const orders = {
  end: 0,
  /** gradients of all rows and groups from the scores */
  gradients: 1,
  /** grow one tree, all threads on it */
  growTogether: 2,
  /** add that tree to the scores */
  addTogether: 3,
  /** grow as many trees as there are threads, each one its own */
  growApart: 4,
  /** add those trees to the scores */
  addApart: 5,
  /** add the tree that all grew to the scores, then gradients as above */
  addThenGradients: 6,
  /** bins of the staged rows */
  bin: 7,
  /** quantiles of what is left to explain as the values of the leaves of the tree that all grew */
  refit: 8,
} as const;
