/** One way to read text as values. */
export interface Reading {
  readonly id: string;
  readonly kind: 'number' | 'boolean' | 'timestamp';
  /** SQL of the value of a text expression, NULL where it is not one */
  sql(text: string): string;
  /** the same for texts that are known to be values, to a type given: the plainest SQL, as it runs on all columns at once */
  plain?(text: string, type: 'BIGINT' | 'DOUBLE'): string;
}

/** An underscore is refused because DuckDB reads `12_34` as 1234. */
export const plainNumber: Reading = {
  id: 'number',
  kind: 'number',
  sql: (text) => `CASE WHEN contains(${text}, '_') THEN NULL ELSE TRY_CAST(${text} AS DOUBLE) END`,
  plain: (text, type) => `TRY_CAST(${text} AS ${type})`,
};

export const decimalCommaNumber: Reading = {
  id: 'decimal-comma',
  kind: 'number',
  sql: (text) => plainNumber.sql(`replace(${text}, ',', '.')`),
  plain: (text, type) => `TRY_CAST(replace(${text}, ',', '.') AS ${type})`,
};

/** As much as can be mistaken for nothing else: `t`, `y` and `1` stay what they are. */
export const truthValue: Reading = {
  id: 'boolean',
  kind: 'boolean',
  sql: (text) =>
    `CASE WHEN lower(${text}) IN ('true', 'yes') THEN true WHEN lower(${text}) IN ('false', 'no') THEN false END`,
};
