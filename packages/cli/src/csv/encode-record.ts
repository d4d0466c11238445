/** A record as a line of CSV: RFC 4180, with the file's own delimiter. */
export function encodeRecord(values: readonly unknown[], delimiter: string): string {
  const cells = values.map((value) => {
    const text = value === null || value === undefined ? '' : String(value);
    const isPlain = !text.includes(delimiter) && !/["\r\n]|^\s|\s$/.test(text);
    return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
  });
  return `${cells.join(delimiter)}\n`;
}
