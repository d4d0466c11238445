/** One piece of work, the same for every contestant; they read it as JSON. */
export interface Task {
  readonly work: 'enrich' | 'upload';
  /** path of the CSV file: CHECKOUT_DATE, PRODUCT_ID, QUANTITY, PRICE */
  readonly orders: string;
  /** paths by the id of a series, as JSON `{observations: [{date, value}]}` and as CSV `date,value` */
  readonly series: Readonly<Record<string, { readonly json: string; readonly csv: string }>>;
  /** path of the Parquet file to write */
  readonly output: string;
  /** folder for temporary files */
  readonly folder: string;
  /** whether child processes wait for the work, as they do in a service that runs; others have none */
  readonly warm?: boolean | undefined;
  /** weeks before the row's one */
  readonly lags: number;
  readonly windows: readonly number[];
}
