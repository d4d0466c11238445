import { CommandFailure, codeOf } from './failure.ts';

/** The failure to show for a file that cannot be read. */
export function fileUnreadable(file: string, error: unknown): CommandFailure {
  const code = codeOf(error);
  if (code === 'ENOENT') {
    return new CommandFailure('file-unreadable', `There is no file ${file}.`, { cure: 'Check the path.' });
  }
  return new CommandFailure('file-unreadable', `${file} cannot be read (${code ?? (error as Error).message}).`);
}
