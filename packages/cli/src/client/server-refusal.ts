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

/** What is known of an answer that is no success. */
export interface Refused {
  readonly url: string;
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** The refusal that an answer holds. */
export function refusalOf({ url, status, type, text }: Refused): ServerRefusal | UnknownAnswer {
  if (type?.startsWith('application/problem+json')) {
    try {
      return new ServerRefusal(JSON.parse(text) as ProblemDocument);
    } catch {
      // cut off on its way: not a document
    }
  }
  return new UnknownAnswer(url, status, type);
}

/** The refusal that an answer to `fetch` holds. Reads its body. */
export async function refusalFrom(response: Response): Promise<ServerRefusal | UnknownAnswer> {
  const { url, status, headers } = response;
  return refusalOf({ url, status, type: headers.get('content-type'), text: await response.text() });
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const { cause, code } = error as { cause?: { code?: string; message?: string }; code?: string };
  return cause?.code ?? cause?.message ?? code ?? (error as Error).message;
}
