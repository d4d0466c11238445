import { type Lacks, registerSuite } from './cases.ts';
import { exportCases } from './warehouse-export-cases.ts';
import { resultCases } from './warehouse-result-cases.ts';
import type { WarehouseCapability, WarehouseSubject } from './warehouse-subject.ts';
import { tableCases } from './warehouse-table-cases.ts';

export interface WarehouseConformanceOptions {
  readonly lacks?: Lacks<WarehouseCapability>;
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
}

/**
 * Registers the specifications that every warehouse must meet as tests.
 *
 * @param open makes a warehouse without tables, for one case
 */
export function warehouseConformance(
  name: string,
  open: () => Promise<WarehouseSubject>,
  { lacks = {}, start, stop }: WarehouseConformanceOptions = {},
): void {
  registerSuite({
    name,
    lacks,
    open,
    cases: [...tableCases, ...exportCases, ...resultCases],
    close: (subject) => subject.close(),
    ...(start === undefined ? {} : { start }),
    ...(stop === undefined ? {} : { stop }),
  });
}
