/** An expected end of a command: what went wrong, and how to mend it. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly code: string;
  readonly cure: string | undefined;
  /** 1: refused or failed; 2: the command line or the configuration is wrong */
  readonly exitCode: 1 | 2;
  /** further lines below the message */
  readonly lines: readonly string[];

  /** @param code stable and kebab-case */
  constructor(
    code: string,
    message: string,
    options: { readonly cure?: string; readonly exitCode?: 1 | 2; readonly lines?: readonly string[] } = {},
  ) {
    super(message);
    this.code = code;
    this.cure = options.cure;
    this.exitCode = options.exitCode ?? 1;
    this.lines = options.lines ?? [];
  }
}

/** The stable code that an error carries, whatever its class. */
export function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
