/** Writer: training, as of both tables in this file. */
export interface AutomationTable {
  id: string;
  tenant_id: string;
  /** what people call it */
  name: string | null;
  /** the datasets of this name are what it is about */
  dataset_name: string;
  /** JSON: `when` and `then`, as they were asked for with defaults */
  definition: string;
  /** by the clock: when, in which time zone, and next in milliseconds since the epoch */
  cron: string | null;
  time_zone: string | null;
  next_at: number | null;
  /** by growth: by how many rows since `counted_rows`, which the dataset `counted_id` had */
  new_rows: number | null;
  counted_rows: number | null;
  counted_id: string | null;
  created_at: number;
}

/** One row a trigger of an automation: the key says which, so that it leads to one run however often it is heard of. */
export interface AutomationRunTable {
  automation_id: string;
  /** the id of a dataset, or the time of a tick */
  trigger_key: string;
  /** the run: a job of the kind `automation` */
  job_id: string;
  tenant_id: string;
  created_at: number;
}
