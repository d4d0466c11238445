import type { ProblemDocument } from '@bellwether/contracts';
import { CommanderError } from 'commander';
import { ServerRefusal, ServerUnreachable, UnknownAnswer } from './client/server-refusal.ts';
import { problemLine } from './data-problems.ts';
import { CommandFailure, codeOf } from './failure.ts';
import { Interrupted } from './terminal/interruptible.ts';
import { paintFor } from './terminal/paint.ts';
import { printable } from './terminal/printable.ts';
import type { Terminal } from './terminal/terminal.ts';

interface Report {
  readonly code: string;
  readonly message: string;
  readonly cure?: string | undefined;
  readonly lines?: readonly string[];
  readonly exitCode: number;
  readonly problem?: ProblemDocument;
}

/**
 * Says on standard error why a command ended.
 *
 * @returns the exit code: 1 refused or failed, 2 wrong usage, 130 or 143 stopped by the person
 */
export function reportError(error: unknown, terminal: Terminal, asJson: boolean): number {
  // Commander has printed its help or its complaint itself.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) {
    terminal.err.write('Stopped.\n');
    return error.exitCode;
  }
  const report = reportOf(error);
  terminal.err.write(asJson ? jsonReport(report) : textReport(report, terminal));
  return report.exitCode;
}

function reportOf(error: unknown): Report {
  if (error instanceof ServerRefusal) return refusalReport(error.problem);
  if (error instanceof CommandFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  const report = { code: codeOf(error) ?? 'unexpected', message, exitCode: 1 };
  if (error instanceof ServerUnreachable) {
    return {
      ...report,
      cure: 'Start a server with `bellwether serve`, or leave the URL out to work on the data folder.',
    };
  }
  if (error instanceof UnknownAnswer) return { ...report, cure: 'Check the URL of the server.' };
  return environmentReport(error, report) ?? { ...report, message: stackOf(error) };
}

const keyCure = 'Put a key into BELLWETHER_API_KEY; `bellwether keys create --tenant <id>` makes one.';

function refusalReport(problem: ProblemDocument): Report {
  const { code, detail, field, problems = [] } = problem;
  const lines = [...(field === undefined ? [] : [`field: ${field}`]), ...problems.map(problemLine)];
  // The server tells programs how to send a key; here a person has to give one.
  const cure = code === 'api-key-missing' ? keyCure : problem.cure;
  return { code, message: detail, lines, exitCode: 1, problem, ...(cure === undefined ? {} : { cure }) };
}

/** What the machine refuses: ports, folders, configuration. */
function environmentReport(error: unknown, report: Report): Report | undefined {
  const { port, address, path } = error as { port?: number; address?: string; path?: string };
  switch (report.code) {
    case 'data-folder-in-use':
      return {
        ...report,
        message: `${capitalized(report.message)}.`,
        cure: 'Stop that process, or take another folder with --data-dir. Commands work through a server that has the folder.',
      };
    case 'EADDRINUSE':
      return {
        ...report,
        code: 'port-in-use',
        message: `Port ${port} of ${address} is in use.`,
        cure: 'Take another one with --port; --port 0 finds a free one.',
      };
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return { ...report, message: `${address ?? 'The host'} is no address of this machine.`, cure: 'Check --host.' };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { ...report, message: `Not allowed: ${path ?? `port ${port}`}.`, cure: 'Take another folder or port.' };
    case 'bad-config':
      return { ...report, cure: '`bellwether config` lists every variable.', exitCode: 2 };
    case 'insecure-authentication':
      return { ...report, message: `${capitalized(report.message)}.` };
    default:
      return undefined;
  }
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Nobody foresaw this error: whoever reports it needs to say where it came from. */
function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function textReport({ code, message, cure, lines = [] }: Report, terminal: Terminal): string {
  const paint = paintFor(terminal.err, terminal.env);
  const shown = code === 'unexpected' ? message : printable(message);
  return [
    `${paint('red', 'error:')} ${shown} ${paint('dim', `(${code})`)}`,
    ...lines.map((line) => `  ${printable(line)}`),
    ...(cure === undefined ? [] : [`  ${paint('bold', 'cure:')} ${printable(cure)}`]),
    '',
  ].join('\n');
}

function jsonReport({ code, message, cure, lines = [], problem }: Report): string {
  return `${JSON.stringify({ error: problem ?? { code, detail: message, ...(cure && { cure }), ...(lines.length > 0 && { lines }) } })}\n`;
}
