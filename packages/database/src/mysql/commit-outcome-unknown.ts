/**
 * The connection was lost after COMMIT was sent and before it was answered: everything of the transaction happened, or
 * nothing did. It is not repeated, since to do some things twice is worse than to fail.
 *
 * Whoever can be asked again is safe: a message is delivered again and its inbox row says whether it was handled; a
 * request that carried an `Idempotency-Key` gets the kept answer if there is one; guarded updates find that there is
 * nothing left to do.
 */
export class CommitOutcomeUnknown extends Error {
  readonly code = 'commit-outcome-unknown';

  constructor(cause: unknown) {
    super('the connection was lost during COMMIT: the transaction took effect as a whole or not at all', { cause });
    this.name = 'CommitOutcomeUnknown';
  }
}
