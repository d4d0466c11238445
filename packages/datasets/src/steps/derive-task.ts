import type { Column, EnrichmentStep } from '@bellwether/contracts';
import type { StepNote } from './step-definition.ts';
import type { StepTable } from './step-table.ts';

export interface DeriveTask {
  readonly kind: 'derive';
  readonly source: string;
  readonly output: string;
  /** resolved */
  readonly steps: readonly EnrichmentStep[];
  /** as it is before the first step */
  readonly table: StepTable;
  /** paths of series (by id) and of other datasets (by id) */
  readonly files: Readonly<Record<string, string>>;
  /** schemas of other datasets, by id */
  readonly others: Readonly<Record<string, readonly Column[]>>;
}

export interface DeriveResult {
  readonly rows: number;
  readonly notes: readonly StepNote[];
}
