const logistic = new Set(['binary:logistic', 'reg:logistic', 'binary:logitraw']);
const exponential = new Set(['count:poisson', 'reg:tweedie', 'reg:gamma']);

/** The score that a base score stands for, of an objective; in float32, as XGBoost computes it. */
export const scoreOfBase = (objective: string, base: number): number => {
  if (logistic.has(objective)) return Math.fround(-Math.log(Math.fround(Math.fround(1 / base) - 1)));
  if (exponential.has(objective)) return Math.fround(Math.log(base));
  return base;
};

/** The prediction that a score stands for. */
export const linkOf = (objective: string): ((score: number) => number) => {
  if (objective === 'binary:logistic' || objective === 'reg:logistic') return (score) => 1 / (1 + Math.exp(-score));
  if (exponential.has(objective)) return Math.exp;
  return (score) => score;
};
