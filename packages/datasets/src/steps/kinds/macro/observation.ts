/** One value of a series, as the step's file has it. */
export interface Observation {
  /** `2024-03-01`: the first day of the period that it measures */
  readonly date: string;
  /** `null` where the source has no value */
  readonly value: number | null;
  /** first day on which this value was known: its release or revision. Without it: the observation's own date. */
  readonly knownFrom?: string | undefined;
}

/** What a series was worth, from a day on until the next. */
export interface KnownValue {
  /** milliseconds since the epoch, UTC */
  readonly from: number;
  readonly value: number | null;
}
