import { styleText } from 'node:util';
import type { Screen, Terminal } from './terminal.ts';

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

/** Gives text a style where the screen shows styles. */
export type Paint = (style: Style, text: string) => string;

/** Whether a screen takes more than plain lines: a terminal, and nobody said NO_COLOR (https://no-color.org). */
export function isRich(screen: Screen, env: Terminal['env']): boolean {
  return screen.isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
}

export function paintFor(screen: Screen, env: Terminal['env']): Paint {
  if (!isRich(screen, env)) return (_style, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}
