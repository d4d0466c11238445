/** A figure that must not be reported: something answered wrongly, or a peer could not be set up. */
export class BenchmarkFailure extends Error {
  override readonly name = 'BenchmarkFailure';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
