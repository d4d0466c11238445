/** Writer: enrichment. A bucket of requests to another's API, which all its processes share. */
export interface RateLimitTable {
  name: string;
  /** negative: that many turns were given in advance */
  tokens: number;
  /** milliseconds since the epoch at which `tokens` was counted */
  counted_at: number;
}
