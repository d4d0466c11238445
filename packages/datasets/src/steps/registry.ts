import type { Column, EnrichmentStep } from '@bellwether/contracts';
import { aggregate } from './aggregate.ts';
import { calendar } from './calendar.ts';
import { clipNegative } from './clip-negative.ts';
import { fill } from './fill.ts';
import { filter } from './filter.ts';
import { createJoin } from './join.ts';
import { lags } from './lags.ts';
import { log1p } from './log1p.ts';
import { macro } from './macro.ts';
import { rolling } from './rolling.ts';
import { select } from './select.ts';
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
