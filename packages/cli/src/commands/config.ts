import type { Command } from 'commander';
import { clientVariables, environmentFor } from '../connect/environment.ts';
import { paintFor } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { printJson } from './connected.ts';
import { addExamples } from './examples.ts';

interface ShownVariable {
  readonly name: string;
  readonly value: string;
  readonly default: string;
  readonly description: string;
}

/** `bellwether config`: every variable, and what is in force. */
export function addConfig(program: Command, terminal: Terminal): void {
  const command = program
    .command('config')
    .summary('show every environment variable, its default and its value here')
    .option('--json', 'print JSON');
  addExamples(command, terminal, ['config']);
  command.action(async ({ json }: { json?: boolean }) => {
    const { describeVariables, readConfig } = await import('@bellwether/platform');
    const environment = environmentFor(terminal, {});
    const variables: ShownVariable[] = [
      ...describeVariables(),
      ...clientVariables.map((variable) => ({ ...variable, fallback: '' })),
    ].map(({ name, description, fallback, isSecret }) => {
      const value = environment[name] || fallback;
      const shown = isSecret && value !== '' ? '(hidden)' : hidePassword(value);
      return { name, value: shown, default: fallback, description };
    });
    if (json) printJson(terminal, { variables });
    else terminal.out.write(variablesText(variables, terminal));
    // After the table, which shows what is wrong among what is right.
    readConfig(environment);
  });
}

function variablesText(variables: readonly ShownVariable[], terminal: Terminal): string {
  const columns = [{ head: 'variable' }, { head: 'value' }, { head: 'default' }, { head: 'what it does' }];
  const rows = variables.map((variable) => [variable.name, variable.value, variable.default, variable.description]);
  return table(columns, rows, paintFor(terminal.out, terminal.env));
}

/** A URL without its password: `mysql://user:***@host/name`. */
export function hidePassword(value: string): string {
  return value.replace(/^([a-z][a-z0-9+.-]*:\/\/[^\s/?#]*?):[^\s/?#]*@/i, '$1:***@');
}
