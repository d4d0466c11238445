/** All objects of a job's forecaster. */
export const forecasterPrefix = (tenantId: string, jobId: string): string => `forecasters/${tenantId}/${jobId}/`;

/** What the items of a chunk tell the others stands beside their backtests. */
export const summaryKeyOf = (backtestsKey: string): string => `${backtestsKey}.summary`;

/** The object of one of the models that a message has fitted. */
export const modelKey = (key: string, window: number | 'final'): string => `${key}.${window}`;
