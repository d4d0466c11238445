import type { JobTable, ModelVersionTable } from '@bellwether/database';

/**
 * The jobs that need a version: the one that made it and will choose among its versions, and those that predict by it.
 *
 * @param open jobs of the version's model that have not ended
 */
export function usersOfVersion(
  open: readonly JobTable[],
  { version, job_id }: Pick<ModelVersionTable, 'version' | 'job_id'>,
): JobTable[] {
  return open.filter(({ id, kind, plan }) => {
    if (kind === 'training') return id === job_id;
    const planned = plan === null ? undefined : (JSON.parse(plan) as { readonly version?: number }).version;
    // One that is not planned yet will choose the champion, or a version that nobody can know here.
    return planned === undefined || planned === version;
  });
}
