import { quoteIdentifier } from '../duckdb/quote.ts';

const numeric =
  /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|FLOAT|DOUBLE|DECIMAL.*)$/;

/** Whether a stored column of this SQL type holds numbers. */
export const isNumeric = (type: string): boolean => numeric.test(type);

const asText = (sql: string): string => `CAST(${sql} AS VARCHAR)`;
const numberText = (sql: string): string => asText(`CAST(${sql} AS DOUBLE)`);

const words = (sql: string): string =>
  `CASE lower(trim(${sql})) WHEN 'true' THEN 'true' WHEN 'yes' THEN 'true' WHEN 'false' THEN 'false' WHEN 'no' THEN 'false' ELSE ${sql} END`;

/** Numbers count as truth values only if they are 0 and 1. */
const truthOfNumber = (sql: string): string =>
  `CASE CAST(${sql} AS DOUBLE) WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE ${numberText(sql)} END`;

/**
 * A label as text, the same for equal labels of the two columns: an upload may hold as text what the other table holds
 * as numbers or truth values (`1` and 1.0, `yes` and true).
 *
 * @param types SQL types of the column and of the one that it is compared with
 */
export function labelSql(sql: string, types: { readonly own: string; readonly other: string }): string {
  const { own, other } = types;
  if (own === 'BOOLEAN') return asText(sql);
  if (other === 'BOOLEAN') return isNumeric(own) ? truthOfNumber(sql) : words(asText(sql));
  if (isNumeric(own)) return numberText(sql);
  return isNumeric(other) ? `coalesce(${asText(`TRY_CAST(${sql} AS DOUBLE)`)}, ${asText(sql)})` : asText(sql);
}

export const numberSql = (column: string): string => `CAST(${quoteIdentifier(column)} AS DOUBLE)`;
