/** A name as SQL: any Unicode, quoted so that it cannot end the identifier. */
export const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A string as an SQL literal. */
export const quoteLiteral = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Strings as an SQL list. */
export const quoteList = (values: readonly string[]): string => `[${values.map(quoteLiteral).join(', ')}]`;
