import { afterAll, beforeAll, describe, test } from '@jest/globals';

/** One specification of a port. `needs` names what an implementation or its test peer may lack. */
export interface Case<Subject, Capability extends string> {
  readonly title: string;
  readonly needs?: Capability;
  readonly run: (subject: Subject) => Promise<void>;
}

/** Why a case does not apply, by capability. */
export type Lacks<Capability extends string> = Readonly<Partial<Record<Capability, string>>>;

export interface Suite<Subject, Capability extends string> {
  readonly name: string;
  readonly cases: readonly Case<Subject, Capability>[];
  readonly lacks: Lacks<Capability>;
  /** makes a subject of its own for each case */
  readonly open: () => Promise<Subject>;
  readonly close: (subject: Subject) => Promise<void>;
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
}

/**
 * Registers a test per case that applies and prints the others with the reason, so that nothing is skipped in silence.
 */
export function registerSuite<Subject, Capability extends string>(suite: Suite<Subject, Capability>): void {
  const reasonOf = ({ needs }: Case<Subject, Capability>) => (needs === undefined ? undefined : suite.lacks[needs]);
  const applicable = suite.cases.filter((specified) => reasonOf(specified) === undefined);
  const others = suite.cases.filter((specified) => reasonOf(specified) !== undefined);
  for (const specified of others) {
    process.stdout.write(`${suite.name}: does not apply: ${specified.title} (${reasonOf(specified)})\n`);
  }
  describe(suite.name, () => {
    if (suite.start !== undefined) beforeAll(suite.start);
    if (suite.stop !== undefined) afterAll(suite.stop);
    test.each(applicable.map((specified) => [specified.title, specified] as const))('%s', async (_title, specified) => {
      const subject = await suite.open();
      try {
        await specified.run(subject);
      } finally {
        await suite.close(subject);
      }
    });
  });
}
