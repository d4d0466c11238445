import type { DatasetFormat, DatasetStatus } from '@bellwether/contracts';

/** Writer: ingest. Derived datasets too come here through ingest's `datasetDerived`. */
export interface DatasetTable {
  id: string;
  tenant_id: string;
  name: string;
  status: DatasetStatus;
  format: DatasetFormat | null;
  /** JSON: roles, schema, profile, problems, parents, recipe */
  roles: string;
  schema: string | null;
  profile: string | null;
  problems: string;
  parents: string;
  recipe: string | null;
  row_count: number | null;
  /** bytes of the upload */
  bytes: number | null;
  upload_key: string | null;
  upload_etag: string | null;
  /** the stored Parquet object */
  data_key: string | null;
  /** milliseconds since the epoch, as all times here */
  created_at: number;
  updated_at: number;
}
