import { dayName } from './kinds/macro/look-up.ts';

/** Numbers the rows of the table that came in. */
export const rowNumber = '__bellwether_row';
/** The name of a row's item as text, since steps may leave the item's column out. */
export const itemName = '__bellwether_item';

/** Names that steps use themselves; a column of such a name is refused, a user's as well as one that steps make. */
export const reservedNames: readonly string[] = [rowNumber, itemName, dayName, 'file_row_number'];
