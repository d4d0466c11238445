const plain = String.raw`[ !#-\[\]-\uffff]*`;
const text = String.raw`(?<text>"${plain}(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})${plain})*")`;
const other = String.raw`(?<other>(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))`;
const token = new RegExp(String.raw`[ \t\n\r]*(?:(?<mark>[{}[\],:])|${text}|${other})`, 'y');
const blanks = /[ \t\n\r]*/y;

type Expected = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'more' | 'end';
type Kind = 'text' | 'other' | '{' | '[' | '}' | ']' | ',' | ':';

const after = (open: readonly string[]): Expected => (open.length === 0 ? 'end' : 'more');

/** What may follow where a value may stand. */
function afterValue(kind: Kind, open: string[]): Expected | undefined {
  if (kind === 'text' || kind === 'other') return after(open);
  if (kind !== '{' && kind !== '[') return undefined;
  open.push(kind);
  return kind === '{' ? 'first-key' : 'first-value';
}

/** What may follow the end of an object or array, if it may end here. */
function afterEnd(kind: Kind, open: string[]): Expected | undefined {
  if (kind !== (open.at(-1) === '{' ? '}' : ']')) return undefined;
  open.pop();
  return after(open);
}

/** What may follow a token, or undefined where the token itself is the mistake. `open` is changed along. */
function next(expected: Expected, kind: Kind, open: string[]): Expected | undefined {
  switch (expected) {
    case 'value':
      return afterValue(kind, open);
    case 'first-value':
      return afterValue(kind, open) ?? afterEnd(kind, open);
    case 'key':
      return kind === 'text' ? 'colon' : undefined;
    case 'first-key':
      return kind === 'text' ? 'colon' : afterEnd(kind, open);
    case 'colon':
      return kind === ':' ? 'value' : undefined;
    case 'more':
      if (kind === ',') return open.at(-1) === '{' ? 'key' : 'value';
      return afterEnd(kind, open);
    case 'end':
      return undefined;
  }
}

/**
 * The offset at which a text stops being JSON, for the message of a refusal: V8's own message names it only at times.
 *
 * @param source a text that `JSON.parse` refused
 * @param limit characters to search: a search of megabytes would hold up all other requests
 * @returns 0-based offset into the text, its length when it ended too early; undefined when it lies beyond the limit
 */
export function jsonErrorOffset(source: string, limit = 262_144): number | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  while (offset < limit) {
    token.lastIndex = offset;
    const found = token.exec(source);
    blanks.lastIndex = offset;
    blanks.exec(source);
    if (found === null) return blanks.lastIndex;
    const kind = (found.groups?.mark ?? (found.groups?.text === undefined ? 'other' : 'text')) as Kind;
    const following = next(expected, kind, open);
    if (following === undefined) return blanks.lastIndex;
    expected = following;
    offset = token.lastIndex;
  }
  return undefined;
}
