export interface SelectTask {
  readonly kind: 'select';
  readonly source: string;
  readonly output: string;
  /** in the order in which they are written */
  readonly columns: readonly string[];
}
