/** Where the stored table of a dataset goes; one object an attempt, and the dataset's row names the one that counts. */
export function tableKey(tenantId: string, datasetId: string, attempt: string): string {
  return `tables/${tenantId}/${datasetId}/${attempt}.parquet`;
}

/** Where rows go that shall be appended. The prefix is known to `hasOlderAppends` and to the sweeper. */
export function rowsKey(tenantId: string, id: string): string {
  return `rows/${tenantId}/${id}`;
}

/** The tenant and dataset of an upload's key, as `uploadKey` made it. */
export function uploadOf(key: string): { tenantId: string; datasetId: string } | undefined {
  const [folder, tenantId, datasetId] = key.split('/');
  return folder === 'uploads' && tenantId && datasetId ? { tenantId, datasetId } : undefined;
}

/** All objects of a dataset's table, of every attempt. */
export function tablesPrefix(tenantId: string, datasetId: string): string {
  return `tables/${tenantId}/${datasetId}/`;
}

/** Where other services put tables that shall become a dataset. */
export function derivedPrefix(tenantId: string, datasetId: string): string {
  return `derived/${tenantId}/${datasetId}/`;
}
