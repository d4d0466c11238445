import { z } from 'zod';
import { AggregateStep } from './aggregate.ts';
import { CalendarStep } from './calendar.ts';
import { ClipNegativeStep } from './clip-negative.ts';
import { FillStep } from './fill.ts';
import { FilterStep } from './filter.ts';
import { JoinStep } from './join.ts';
import { LagsStep } from './lags.ts';
import { Log1pStep } from './log1p.ts';
import { MacroStep } from './macro.ts';
import { RollingStep } from './rolling.ts';
import { SelectStep } from './select.ts';

/** One step of an enrichment. Steps are evaluated in order, each on what the one before it left. */
export const EnrichmentStep = z.discriminatedUnion('kind', [
  MacroStep,
  FilterStep,
  AggregateStep,
  LagsStep,
  RollingStep,
  CalendarStep,
  FillStep,
  ClipNegativeStep,
  Log1pStep,
  JoinStep,
  SelectStep,
]);
export type EnrichmentStep = z.infer<typeof EnrichmentStep>;
