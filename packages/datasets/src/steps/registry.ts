import type { Column, EnrichmentStep } from '@bellwether/contracts';
import { aggregate } from './kinds/aggregate.ts';
import { calendar } from './kinds/calendar.ts';
import { clipNegative } from './kinds/clip-negative.ts';
import { fill } from './kinds/fill.ts';
import { filter } from './kinds/filter.ts';
import { createJoin } from './kinds/join.ts';
import { lags } from './kinds/lags.ts';
import { log1p } from './kinds/log1p.ts';
import { macro } from './kinds/macro.ts';
import { rolling } from './kinds/rolling.ts';
import { select } from './kinds/select.ts';
import type { StepDefinition } from './step-definition.ts';

/** Schemas of the datasets that a step may join, by id. */
export type OtherTables = (id: string) => readonly Column[] | undefined;

type Definitions = { readonly [K in EnrichmentStep['kind']]: StepDefinition<Extract<EnrichmentStep, { kind: K }>> };

/** Every kind of step, one line each. */
const definitions = (other: OtherTables): Definitions => ({
  macro,
  filter,
  aggregate,
  lags,
  rolling,
  calendar,
  fill,
  'clip-negative': clipNegative,
  log1p,
  join: createJoin(other),
  select,
});

/** The definition of a step's kind. */
export function definitionOf(step: EnrichmentStep, other: OtherTables): StepDefinition<EnrichmentStep> {
  // the key and the definition's type agree by `Definitions`, which TypeScript cannot follow through the index
  return definitions(other)[step.kind] as unknown as StepDefinition<EnrichmentStep>;
}
