import { Problem } from '@bellwether/contracts';
import { jsonErrorOffset } from './json-error-offset.ts';

const jsonType = /^application\/(?:[\w.-]+\+)?json\s*(?:;\s*charset\s*=\s*"?(?:utf-8|utf8|us-ascii)"?\s*)?$/i;
const formType = /^application\/x-www-form-urlencoded\b/i;

function unsupported(contentType: string): Problem {
  return new Problem(415, 'unsupported-media-type', `\`${contentType}\` is not JSON`, {
    cure: 'Send a JSON body with `Content-Type: application/json`',
  });
}

/** Where a text stops being JSON, in words; empty where that is too far in. */
function placeOf(text: string): string {
  const offset = jsonErrorOffset(text);
  if (offset === undefined) return '';
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const found = offset >= text.length ? 'the body ends too early' : `found ${JSON.stringify(text[offset])}`;
  return ` at position ${offset} (line ${line}, column ${column}): ${found}`;
}

function malformed(text: string): Problem {
  return new Problem(400, 'malformed-json', `The body is not JSON${placeOf(text)}`, {
    cure: 'Quote names and texts with ", leave no comma behind the last value',
  });
}

/** Without this an own key `__proto__` becomes a prototype as soon as somebody copies the object by assignment. */
const withoutPrototype = (key: string, value: unknown) => (key === '__proto__' ? undefined : value);

function parse(text: string): unknown {
  if (text.includes('__proto__') || text.includes('\\u00')) return JSON.parse(text, withoutPrototype);
  return JSON.parse(text);
}

/**
 * Parses a body. A missing content type is taken for JSON, and so is the one that `curl -d` sends, when the body is
 * JSON; an empty body counts as `{}`, so that an operation whose fields are all optional needs none.
 *
 * @throws {Problem} `malformed-json` (400) with the position, `unsupported-media-type` (415)
 */
export function parseJson(text: string, contentType: string | undefined, contentEncoding?: string): unknown {
  if (text === '') return {};
  if (contentEncoding !== undefined && contentEncoding !== 'identity') {
    throw new Problem(415, 'unsupported-encoding', `A body in \`${contentEncoding}\` is not read`, {
      cure: 'Send the body uncompressed',
    });
  }
  const isForm = contentType !== undefined && formType.test(contentType);
  if (contentType !== undefined && !isForm && contentType !== 'application/json' && !jsonType.test(contentType)) {
    throw unsupported(contentType);
  }
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    return parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (isForm && !/^\s*[[{]/.test(json)) throw unsupported(contentType);
    throw malformed(json);
  }
}
