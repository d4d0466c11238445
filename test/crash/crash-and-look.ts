import type { CrashReport } from './crash-report.ts';
import type { CrashablePlatform } from './crashable-platform.ts';
import { findFaults } from './find-faults.ts';
import { readRemains } from './read-remains.ts';
import { type CrashPlan, runCrashes } from './run-crashes.ts';

export interface Crashed {
  readonly report: CrashReport;
  /** one line each; none is a pass */
  readonly faults: readonly string[];
}

/** Lets a platform crash, and says what is wrong afterwards. */
export async function crashAndLook(platform: CrashablePlatform, plan: CrashPlan): Promise<Crashed> {
  const report = await runCrashes(platform, plan);
  return { report, faults: findFaults(await readRemains(platform), report) };
}
