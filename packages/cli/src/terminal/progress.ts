import { stripVTControlCharacters } from 'node:util';
import { isRich } from './paint.ts';
import type { Screen, Terminal } from './terminal.ts';

/** How far something is: one line that is written over on a terminal; elsewhere only what was done, as lines. */
export interface Progress {
  /** @param share from 0 to 1; without it, something is under way and nobody knows how far */
  show(label: string, share?: number): void;
  /** A line that stays. */
  line(text: string): void;
  /** Removes the line that is written over. */
  clear(): void;
}

const barWidth = 24;
const startOfLine = '\r\u001b[K';

const silent: Progress = { show: () => undefined, line: () => undefined, clear: () => undefined };

/** @param isSilent for output that a program reads */
export function createProgress(screen: Screen, env: Terminal['env'], isSilent = false): Progress {
  if (isSilent) return silent;
  if (!isRich(screen, env)) {
    return { ...silent, line: (text) => screen.write(`${stripVTControlCharacters(text)}\n`) };
  }
  let shown = '';
  return {
    show(label, share) {
      shown = fit(share === undefined ? `${label} …` : `${bar(share)} ${percent(share)} ${label}`, screen.columns);
      screen.write(startOfLine + shown);
    },
    line: (text) => screen.write(`${startOfLine}${text}\n${shown}`),
    clear() {
      if (shown !== '') screen.write(startOfLine);
      shown = '';
    },
  };
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  return '█'.repeat(full) + '░'.repeat(barWidth - full);
}

const percent = (share: number) => `${String(Math.floor(share * 100)).padStart(3)} %`;

/** A line that wraps could not be written over; the last column stays free, since some terminals wrap on reaching it. */
function fit(text: string, columns: number): string {
  return text.length < columns ? text : `${text.slice(0, Math.max(1, columns - 2))}…`;
}
