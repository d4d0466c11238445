/** The five services, in the order in which data pass through them. */
export const services = ['ingest', 'enrichment', 'training', 'inference', 'metrics'] as const;

export type Service = (typeof services)[number];
