import { Problem } from '@bellwether/contracts';
import type { PanelFacts, PanelIndex } from '@bellwether/forecasting';

/** AutoML forecasts at most a quarter of the periods that it learned from. */
const shareOfHistory = 4;

/**
 * The first periods of the backtest windows, the latest first. AutoML learns from what was before all of them, so that
 * there are only as many as leave it enough.
 *
 * @throws Problem `history-short` when even the whole history is not enough
 */
export function backtestWindows(plan: PanelIndex['plan'], { longest }: Pick<PanelFacts, 'longest'>): number[] {
  const { horizon, windowStep, lastPeriod } = plan;
  const needed = shareOfHistory * horizon;
  if (longest < needed) {
    throw new Problem(
      422,
      'history-short',
      `AutoML of SageMaker forecasts a quarter of the history at most: ${horizon} periods need ${needed} values of an item, and none has more than ${longest}.`,
      { cure: 'Ask for a shorter horizon, or for backend "local".' },
    );
  }
  const fitting = Math.floor((longest - needed - horizon) / windowStep) + 1;
  const count = Math.max(0, Math.min(plan.windows, fitting));
  return Array.from({ length: count }, (_, back) => lastPeriod + 1 - horizon - back * windowStep);
}
