/**
 * `Content-Disposition` that makes a browser save the content (RFC 6266): as itself in UTF-8, and in ASCII for clients
 * that do not know that form.
 */
export function attachment(fileName: string | undefined): string {
  if (fileName === undefined) return 'attachment';
  const ascii = fileName.replace(/[^ -~]|["\\%]/g, '_');
  if (ascii === fileName) return `attachment; filename="${ascii}"`;
  const utf8 = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${utf8}`;
}
