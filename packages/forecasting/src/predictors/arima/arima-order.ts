/** ARIMA(p,d,q)(P,D,Q)[season], with a constant for the mean of what is left after differencing, or without. */
export interface ArimaOrder {
  readonly p: number;
  readonly d: number;
  readonly q: number;
  readonly seasonalP: number;
  readonly seasonalD: number;
  readonly seasonalQ: number;
  /** Length of the season in periods, 1 for none. */
  readonly season: number;
  readonly constant: boolean;
}

/** As the literature writes it: `ARIMA(0,1,1)(0,1,1)[12]`, with ` + c` for a constant. */
export const arimaNameOf = (order: ArimaOrder): string => {
  const seasonal =
    order.season > 1 ? `(${order.seasonalP},${order.seasonalD},${order.seasonalQ})[${order.season}]` : '';
  return `ARIMA(${order.p},${order.d},${order.q})${seasonal}${order.constant ? ' + c' : ''}`;
};

/** Number of coefficients of the autoregressions and moving averages. */
export const coefficientsOf = ({ p, q, seasonalP, seasonalQ }: ArimaOrder): number => p + q + seasonalP + seasonalQ;
