import { readModel, writeModel } from '@bellwether/boosting';
import type { BacktestSummary, ChunkBacktests } from '../backtest/chunk-backtests.ts';
import type { FeatureLayout } from '../global/feature-layout.ts';
import type { GlobalModel } from '../global/global-model.ts';
import type { PanelChunk } from '../panel/series.ts';
import type { ItemForecast } from '../result/item-forecast.ts';
import { pack, unpack } from './packed.ts';

// What is stored between the calls of a pipeline. Bytes are trusted: they come from the platform's own store.

export const encodeChunk = (chunk: PanelChunk): Uint8Array => pack(chunk);
/** @throws RangeError */
export const decodeChunk = (bytes: Uint8Array): PanelChunk => unpack(bytes) as PanelChunk;

export const encodeBacktests = (backtests: ChunkBacktests): Uint8Array => pack(backtests);
/** @throws RangeError */
export const decodeBacktests = (bytes: Uint8Array): ChunkBacktests => unpack(bytes) as ChunkBacktests;

export const encodeSummary = (summary: BacktestSummary): Uint8Array => pack(summary);
/** @throws RangeError */
export const decodeSummary = (bytes: Uint8Array): BacktestSummary => unpack(bytes) as BacktestSummary;

export const encodeForecasts = (forecasts: readonly ItemForecast[]): Uint8Array => pack(forecasts);
/** @throws RangeError */
export const decodeForecasts = (bytes: Uint8Array): ItemForecast[] => unpack(bytes) as ItemForecast[];

/** The trees inside are XGBoost's UBJSON. */
export const encodeGlobalModel = ({ layout, booster }: GlobalModel): Uint8Array =>
  pack({ layout, trees: writeModel(booster) });
/** @throws RangeError, Problem `booster-refused` */
export const decodeGlobalModel = (bytes: Uint8Array): GlobalModel => {
  const { layout, trees } = unpack(bytes) as { layout: FeatureLayout; trees: Uint8Array };
  return { layout, booster: readModel(trees) };
};
