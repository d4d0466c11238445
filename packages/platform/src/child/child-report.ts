/** What a child says: how far it is, and at last how it ended. */
export type ChildReport<Result> =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'done'; readonly result: Result }
  /** something that the user can mend */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'crashed'; readonly reason: string };
