import type { PanelProblem } from '../panel/panel-problem.ts';
import type { PanelSchema } from '../panel/series.ts';
import type { ForecastPlan, ModelName } from '../plan/forecast-plan.ts';
import type { PanelFacts } from '../plan/panel-facts.ts';
import type { Hyperparameters } from '../predictors/predictor.ts';

/** A stored panel: what all chunks have in common, and where they are. JSON. */
export interface PanelIndex {
  readonly schema: PanelSchema;
  readonly plan: ForecastPlan;
  readonly facts: PanelFacts;
  readonly problems: readonly PanelProblem[];
  /** in the order of the items' names */
  readonly chunks: readonly StoredChunk[];
}

export interface StoredChunk {
  /** name of its object beside the index */
  readonly file: string;
  readonly items: number;
  /** the least and the greatest of their names, by code units; absent in panels of before they were kept */
  readonly names?: { readonly first: string; readonly last: string };
}

/** The least and the greatest name of some items, by code units; undefined without items. */
export const nameRange = (items: readonly string[]): StoredChunk['names'] =>
  items.reduce<StoredChunk['names']>(
    (range, item) => ({
      first: range === undefined || item < range.first ? item : range.first,
      last: range === undefined || item > range.last ? item : range.last,
    }),
    undefined,
  );

/** Whether a chunk may hold one of these items; of all items where none are named. */
export const mayHold = ({ names }: StoredChunk, items: readonly string[] | undefined): boolean =>
  items === undefined || names === undefined || items.some((item) => item >= names.first && item <= names.last);

/** The object of a chunk: it stands beside the index of its panel. */
export const chunkKey = (panelKey: string, file: string): string => panelKey.replace(/[^/]+$/, file);

/** A stored forecaster: the objects that it consists of, by their keys. JSON. */
export interface ForecasterIndex {
  readonly panelKey: string;
  /** found by search, by model: they take the place of the plan's */
  readonly hyperparameters?: Readonly<Record<ModelName, Hyperparameters>>;
  /** the model over all items, learned from all values; absent where there is none */
  readonly globalModelKey?: string;
  /** what items learn from one another */
  readonly summaryKey: string;
  /** by the chunks of the panel */
  readonly backtestKeys: readonly string[];
}
