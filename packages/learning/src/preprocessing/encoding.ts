import { ColumnKind } from '@bellwether/contracts';
import { z } from 'zod';

/** A number: missing is filled (`null`: stays NaN), then `(value - center) / scale`; an indicator column may follow. */
export const NumericEncoding = z.strictObject({
  type: z.literal('numeric'),
  fill: z.number().nullable(),
  center: z.number(),
  scale: z.number().positive(),
  indicator: z.boolean(),
});
export type NumericEncoding = z.infer<typeof NumericEncoding>;

/**
 * A category becomes a slot: the index of its level, then perhaps one shared by rare levels, then perhaps one for
 * missing. One-hot writes a 1 into the slot's column, ordinal writes the slot's number. Slot -1 is none: all zeros,
 * or NaN.
 */
export const CategoricalEncoding = z
  .strictObject({
    type: z.enum(['one-hot', 'ordinal']),
    levels: z.array(z.string()),
    slots: z.int().nonnegative(),
    unseenSlot: z.int().min(-1),
    missingSlot: z.int().min(-1),
  })
  .refine((encoding) => new Set(encoding.levels).size === encoding.levels.length, 'a level occurs twice')
  .refine(
    ({ levels, slots, unseenSlot, missingSlot }) =>
      levels.length <= slots && slots <= levels.length + 2 && unseenSlot < slots && missingSlot < slots,
    'a slot lies outside the encoding',
  );
export type CategoricalEncoding = z.infer<typeof CategoricalEncoding>;

export const Encoding = z.union([NumericEncoding, CategoricalEncoding]);
export type Encoding = z.infer<typeof Encoding>;

/** An input column as the model takes it: without an encoding it is not used, for the reason given. */
export const FittedInput = z.strictObject({
  name: z.string(),
  kind: ColumnKind,
  used: z.boolean(),
  unusedBecause: z.enum(['text', 'id-like', 'timestamp', 'all-missing']).optional(),
  encoding: Encoding.optional(),
});
export type FittedInput = z.infer<typeof FittedInput>;

/** Number of matrix columns that the encoding writes. */
export const widthOf = (encoding: Encoding): number => {
  if (encoding.type === 'numeric') return encoding.indicator ? 2 : 1;
  return encoding.type === 'one-hot' ? encoding.slots : 1;
};

/** The slot of a level as a string; the empty string is missing unless it is a level of its own. */
export const createSlotLookup = (encoding: CategoricalEncoding): ((level: string) => number) => {
  const slots = new Map(encoding.levels.map((level, slot) => [level, slot]));
  return (level) => slots.get(level) ?? (level === '' ? encoding.missingSlot : encoding.unseenSlot);
};
