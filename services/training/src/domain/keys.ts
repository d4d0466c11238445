/** Where a trial's artifact goes; one object an attempt, and the version's row names the one that counts. */
export function artifactKey(tenantId: string, trialId: string, attempt: string): string {
  return `models/${tenantId}/${trialId}/${attempt}.tar.gz`;
}
