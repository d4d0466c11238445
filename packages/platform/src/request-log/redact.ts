const removed = '[removed]';

const names =
  'passw(?:or)?d|passphrase|secret|token|api[-_]?key|authorization|credential|private[-_]?key|access[-_]?key|signature';

/** Most bodies hold none of these words, and this one test is all they cost. */
const suspicious = new RegExp(`${names}|bw_|[?&]sig=`, 'i');

/**
 * A name that holds such a word, as far as the start of its value: `"userToken": `, `&X-Amz-Signature=`, and within
 * texts that are JSON again `\"token\":`. Bounded, so that no body makes it slow.
 */
const secretName = new RegExp(
  String.raw`(?:${names}|[?&]sig)[\w-]{0,40}(\\?["'])?[ \t\r\n]{0,20}[:=][ \t\r\n]{0,20}`,
  'gi',
);

const ownKey = /bw_[A-Za-z0-9_-]{20,}/g;
const singleQuotedText = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'?/y;
const escapedText = /\\"[^"]*"?/y;
const quotedText = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?/y;
const bareValue = /(?:bearer |basic )?[^\s,;&"'}\]\\]+/iy;
const bracket = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|[{}[\]]/g;

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

function endOfNested(text: string, from: number): number {
  let depth = 0;
  bracket.lastIndex = from;
  for (let found = bracket.exec(text); found !== null; found = bracket.exec(text)) {
    if (found[0] === '{' || found[0] === '[') depth++;
    else if (found[0] === '}' || found[0] === ']') depth--;
    if (depth === 0) return bracket.lastIndex;
  }
  return text.length;
}

function endOfValue(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return endOf(quotedText, text, from);
  if (first === "'") return endOf(singleQuotedText, text, from);
  if (first === '\\') return endOf(escapedText, text, from);
  if (first === '{' || first === '[') return endOfNested(text, from);
  return endOf(bareValue, text, from);
}

/**
 * Removes the values of fields and URL parameters that are named like secrets, and API keys of ours wherever they
 * stand. Works on text, because a capped or malformed body is no JSON.
 */
export function redact(text: string): string {
  if (!suspicious.test(text)) return text;
  let clean = '';
  let done = 0;
  secretName.lastIndex = 0;
  for (let found = secretName.exec(text); found !== null; found = secretName.exec(text)) {
    const from = secretName.lastIndex;
    const end = endOfValue(text, from);
    if (end === from) continue;
    const quote = found[1] === '"' ? '"' : text[from] === "'" ? "'" : '';
    clean += text.slice(done, from) + quote + removed + quote;
    done = end;
    secretName.lastIndex = end;
  }
  return (clean + text.slice(done)).replace(ownKey, removed);
}
