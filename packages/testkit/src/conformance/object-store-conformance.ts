import { type Lacks, registerSuite } from './cases.ts';
import { contentCases } from './object-store-content-cases.ts';
import { keyCases } from './object-store-key-cases.ts';
import { signedCases } from './object-store-signed-cases.ts';
import type { ObjectStoreCapability, ObjectStoreSubject } from './object-store-subject.ts';

export interface ObjectStoreConformanceOptions {
  readonly lacks?: Lacks<ObjectStoreCapability>;
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
}

/**
 * Registers the specifications that every object store must meet as tests.
 *
 * @param open makes an empty store, with its signed URLs served, for one case
 */
export function objectStoreConformance(
  name: string,
  open: () => Promise<ObjectStoreSubject>,
  { lacks = {}, start, stop }: ObjectStoreConformanceOptions = {},
): void {
  registerSuite({
    name,
    lacks,
    open,
    cases: [...contentCases, ...keyCases, ...signedCases],
    close: (subject) => subject.close(),
    ...(start === undefined ? {} : { start }),
    ...(stop === undefined ? {} : { stop }),
  });
}
