/** All objects of a job's forecaster. */
export const forecasterPrefix = (tenantId: string, jobId: string): string => `forecasters/${tenantId}/${jobId}/`;

/** The object of a chunk, which stands beside the index of its panel. */
export const chunkKey = (panelKey: string, file: string): string => panelKey.replace(/[^/]+$/, file);

/** What the items of a chunk tell the others stands beside their backtests. */
export const summaryKeyOf = (backtestsKey: string): string => `${backtestsKey}.summary`;

/** The object of one of the models that a message has fitted. */
export const modelKey = (key: string, window: number | 'final'): string => `${key}.${window}`;
