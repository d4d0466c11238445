/** One event of a stream, its data still as text. */
export interface StreamedEvent {
  /** `message` when the server gave no name */
  readonly event: string;
  readonly data: string;
}

/** Reads an event stream: https://html.spec.whatwg.org/multipage/server-sent-events.html. An event that is cut is none. */
export async function* parseEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamedEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  let fields: string[] = [];
  for await (const chunk of chunks) {
    // A line break may be cut in two: a CR at the end waits for what follows.
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line !== '') {
        fields.push(line);
        continue;
      }
      const event = eventOf(fields);
      fields = [];
      if (event !== undefined) yield event;
    }
  }
}

function eventOf(lines: readonly string[]): StreamedEvent | undefined {
  const valuesOf = (name: string) =>
    lines.flatMap((line) => (line === name || line.startsWith(`${name}:`) ? [fieldValue(line, name)] : []));
  const data = valuesOf('data');
  if (data.length === 0) return undefined;
  return { event: valuesOf('event').at(-1) || 'message', data: data.join('\n') };
}

function fieldValue(line: string, name: string): string {
  const value = line.slice(name.length + 1);
  return value.startsWith(' ') ? value.slice(1) : value;
}
