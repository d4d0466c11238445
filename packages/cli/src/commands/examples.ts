import type { Command } from 'commander';
import type { Terminal } from '../terminal/terminal.ts';

/** Adds examples to a command's help, as they work when pasted at this place. */
export function addExamples(command: Command, terminal: Terminal, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  ${terminal.invocation} ${example}`);
  return command.addHelpText('after', `\nExample${lines.length === 1 ? '' : 's'}:\n${lines.join('\n')}`);
}
