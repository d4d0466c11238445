/** Values with weights, in the order of the values. */
export interface WeightedSample {
  readonly values: Float64Array;
  /** Sum of the weights up to and with each value. */
  readonly cumulative: Float64Array;
}

/** @param weights of the values, not negative */
export const weightedSample = (values: Float64Array, weights: Float64Array): WeightedSample => {
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
  let sum = 0;
  return {
    values: Float64Array.from(order, (i) => values[i] as number),
    cumulative: Float64Array.from(order, (i) => {
      sum += weights[i] as number;
      return sum;
    }),
  };
};

/**
 * The value below which that share of the weight lies, linear between the middles of the values' weights.
 *
 * @param level 0 to 1
 */
export const quantileOf = ({ values, cumulative }: WeightedSample, level: number): number => {
  const { length } = values;
  const total = cumulative[length - 1] ?? 0;
  if (length === 0 || !(total > 0)) return 0;
  const middle = (i: number) => ((cumulative[i] as number) + (cumulative[i - 1] ?? 0)) / 2;
  const wanted = level * total;
  let low = 0;
  let high = length - 1;
  if (wanted <= middle(0)) return values[0] as number;
  if (wanted >= middle(high)) return values[high] as number;
  while (high - low > 1) {
    const between = (low + high) >> 1;
    if (middle(between) <= wanted) low = between;
    else high = between;
  }
  const width = middle(high) - middle(low);
  const share = width > 0 ? (wanted - middle(low)) / width : 0;
  return (values[low] as number) + share * ((values[high] as number) - (values[low] as number));
};
