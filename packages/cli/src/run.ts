import { createProgram } from './program.ts';
import { reportError } from './report.ts';
import type { Terminal } from './terminal/terminal.ts';

/**
 * Runs one command line.
 *
 * @param args without the program's own name
 * @returns the exit code: 0 done, 1 refused or failed, 2 wrong usage, 130 or 143 stopped by the person
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await createProgram(terminal).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return reportError(error, terminal, args.includes('--json'));
  }
}
