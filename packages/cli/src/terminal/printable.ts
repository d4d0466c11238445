/**
 * Text that comes from files and servers, without the control characters by which it could repaint the terminal or
 * write into its title.
 */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach the terminal
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}
