/** Writer: the command line, `bellwether keys`. Keys themselves are never stored. */
export interface ApiKeyTable {
  /** SHA-256 of the key, hex */
  hash: string;
  tenant_id: string;
  name: string;
  created_at: number;
}

/** Writer: platform, in the transaction of the request that carried the key. */
export interface IdempotencyKeyTable {
  tenant_id: string;
  operation: string;
  key: string;
  /** SHA-256 of the request: the same key with another request is refused */
  request_hash: string;
  status: number;
  /** JSON of the first answer */
  body: string;
  created_at: number;
}
