/** What a byte means to the scanner, whatever the character. */
export const Sort = { other: 0, delimiter: 1, quote: 2, carriageReturn: 3, lineFeed: 4, space: 5 } as const;

/** Where the scanner is. */
export const State = {
  recordStart: 0,
  fieldStart: 1,
  /** spaces before a value, which may still be quoted */
  leading: 2,
  plain: 3,
  quoted: 4,
  /** after a carriage return within quotes: a line feed does not begin another line */
  quotedReturn: 5,
  /** after a quote within quotes: the end of the value, or the first half of an escaped quote */
  closing: 6,
  /** after a carriage return that ended a record: a line feed belongs to it */
  afterReturn: 7,
} as const;

/** What to do on the way. */
export const Act = { none: 0, field: 1, record: 2, blank: 3, open: 4, quotedLine: 5, badQuote: 6, crlf: 7 } as const;

const sorts = 6;
type Step = readonly [next: number, act: number];

const value: Readonly<Record<number, Step>> = {
  [Sort.delimiter]: [State.fieldStart, Act.field],
  [Sort.carriageReturn]: [State.afterReturn, Act.record],
  [Sort.lineFeed]: [State.recordStart, Act.record],
};
const start: Readonly<Record<number, Step>> = {
  ...value,
  [Sort.other]: [State.plain, Act.none],
  [Sort.quote]: [State.quoted, Act.open],
  [Sort.space]: [State.leading, Act.none],
};
const firstOfRecord: Readonly<Record<number, Step>> = {
  ...start,
  [Sort.carriageReturn]: [State.afterReturn, Act.blank],
  [Sort.lineFeed]: [State.recordStart, Act.blank],
};
const inQuotes: Readonly<Record<number, Step>> = {
  [Sort.quote]: [State.closing, Act.none],
  [Sort.carriageReturn]: [State.quotedReturn, Act.quotedLine],
  [Sort.lineFeed]: [State.quoted, Act.quotedLine],
};

/** RFC 4180, with spaces around quoted values and all three line ends. */
const steps: Readonly<Record<number, readonly [Readonly<Record<number, Step>>, Step]>> = {
  [State.recordStart]: [firstOfRecord, [State.plain, Act.none]],
  [State.fieldStart]: [start, [State.plain, Act.none]],
  [State.leading]: [start, [State.plain, Act.none]],
  [State.plain]: [value, [State.plain, Act.none]],
  [State.quoted]: [inQuotes, [State.quoted, Act.none]],
  [State.quotedReturn]: [{ ...inQuotes, [Sort.lineFeed]: [State.quoted, Act.none] }, [State.quoted, Act.none]],
  [State.closing]: [
    { ...value, [Sort.quote]: [State.quoted, Act.none], [Sort.space]: [State.closing, Act.none] },
    [State.plain, Act.badQuote],
  ],
  [State.afterReturn]: [{ ...firstOfRecord, [Sort.lineFeed]: [State.recordStart, Act.crlf] }, [State.plain, Act.none]],
};

/** `table[state * 6 + sort]` is the next state in the low three bits and the act above them. */
export const transitions: Uint8Array = Uint8Array.from({ length: 8 * sorts }, (_, index) => {
  const row = steps[Math.floor(index / sorts)];
  const [next, act] = row?.[0][index % sorts] ?? row?.[1] ?? [0, 0];
  return next | (act << 3);
});
