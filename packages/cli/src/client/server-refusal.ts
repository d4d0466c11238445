import type { ProblemDocument } from '@bellwether/contracts';

/** The server said no, and why. */
export class ServerRefusal extends Error {
  override readonly name = 'ServerRefusal';
  readonly code: string;
  readonly problem: ProblemDocument;
  constructor(problem: ProblemDocument) {
    super(problem.detail);
    this.code = problem.code;
    this.problem = problem;
  }
}

/** Nobody answers at the address. */
export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable';
  readonly code = 'server-unreachable';
  readonly url: string;
  constructor(url: string, cause: unknown) {
    super(`No server answers at ${url} (${reasonOf(cause)}).`, { cause });
    this.url = url;
  }
}

/** What answered is no problem document: another program, or a proxy between. */
export class UnknownAnswer extends Error {
  override readonly name = 'UnknownAnswer';
  readonly code = 'unknown-answer';
  readonly status: number;
  constructor(url: string, status: number, contentType: string | null) {
    super(`${url} answered ${status} with ${contentType ?? 'no content type'}, which is no answer of Bellwether.`);
    this.status = status;
  }
}

/** The refusal that an answer holds. Reads its body. */
export async function refusalOf(response: Response): Promise<ServerRefusal | UnknownAnswer> {
  const type = response.headers.get('content-type');
  const text = await response.text();
  if (type?.startsWith('application/problem+json')) {
    try {
      return new ServerRefusal(JSON.parse(text) as ProblemDocument);
    } catch {
      // cut off on its way: not a document
    }
  }
  return new UnknownAnswer(response.url, response.status, type);
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? (error as Error).message;
}
