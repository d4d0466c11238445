import { decimalCommaNumber, plainNumber, type Reading } from './reading.ts';

/** Numbers whose digits are grouped by thousands: `1,057.13`. */
export interface GroupedDigits extends Reading {
  /** reads the numbers of the same file that are not grouped */
  readonly ungrouped: Reading;
  /** SQL that is true for a number that can be nothing but grouped: `0,123` may be a decimal comma */
  isGrouped(text: string): string;
}

const doubleOf = (text: string, pattern: string, digits: string, ungrouped: Reading): string =>
  `CASE WHEN regexp_full_match(${text}, '${pattern}') THEN TRY_CAST(${digits} AS DOUBLE) ELSE ${ungrouped.sql(text)} END`;

/** As in the US, where values of the file are not divided by commas or stand in quotes. */
const byCommas: GroupedDigits = {
  id: 'grouped-by-commas',
  kind: 'number',
  ungrouped: plainNumber,
  isGrouped: (text) =>
    `CASE WHEN contains(${text}, ',') THEN regexp_full_match(${text}, '[-+]?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?') END`,
  sql: (text) => doubleOf(text, '[-+]?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?', `replace(${text}, ',', '')`, plainNumber),
};

/** As in Germany; one group alone, as in `1.057`, may be a decimal point, unless others of the column are grouped. */
const byPoints: GroupedDigits = {
  id: 'grouped-by-points',
  kind: 'number',
  ungrouped: decimalCommaNumber,
  isGrouped: (text) =>
    `CASE WHEN contains(${text}, '.') THEN
      regexp_full_match(${text}, '[-+]?[1-9]\\d{0,2}((\\.\\d{3})+,\\d+|(\\.\\d{3}){2,})') END`,
  sql: (text) =>
    doubleOf(
      text,
      '[-+]?[1-9]\\d{0,2}(\\.\\d{3})+(,\\d+)?',
      `replace(replace(${text}, '.', ''), ',', '.')`,
      decimalCommaNumber,
    ),
};

/** @param decimalComma whether numbers of the file may have one */
export const groupedDigits = (decimalComma: boolean): GroupedDigits => (decimalComma ? byPoints : byCommas);

export const isGroupedDigits = (reading: Reading): reading is GroupedDigits => 'isGrouped' in reading;
