/** Progress of an enrichment whose outputs are written and handed to ingest; the rest is their registration. */
export const handedOver = 0.5;

/** Progress of an enrichment of which so many outputs are registered. */
export function progressOf(registered: number, outputs: number): number {
  return handedOver + ((1 - handedOver) * registered) / outputs;
}
