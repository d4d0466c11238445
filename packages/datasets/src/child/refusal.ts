import type { DataProblem } from '@bellwether/contracts';
import { Problem } from '@bellwether/contracts/problem';
import { fault, RefusedData } from '../problem.ts';

export const tooMuchMemory = (): DataProblem =>
  fault(
    'too-much-memory',
    'Reading the file took more memory than is allowed.',
    'Upload fewer columns or shorter values, or raise the limit.',
  );

export const tooSlow = (milliseconds: number): DataProblem =>
  fault(
    'too-slow',
    `Reading the file took longer than ${milliseconds} ms.`,
    'Upload a smaller file, or raise the limit.',
  );

/** Whether an error of DuckDB's says that its memory, or its space for spilled data, is used up. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && /out of memory|could not allocate|temp(orary)? directory/i.test(error.message);

/** The problems that an error within a task stands for. Its own words are for the log: they may hold paths. */
export function problemsOf(error: unknown): readonly DataProblem[] {
  if (error instanceof RefusedData) return error.problems;
  if (isOutOfMemory(error)) return [tooMuchMemory()];
  // a step's own refusal, of what it could not know before it read the data
  if (error instanceof Problem) return [fault(error.code, error.message, error.options.cure ?? '')];
  return [fault('reading-failed', 'The data cannot be read.', 'Try again; if that does not help, tell the operator.')];
}

/** What the end of a child that gave no answer says about the file it read. */
export function problemOfExit(code: number | null, signal: string | null, stderr: string): DataProblem {
  // V8 aborts when its heap is full; the system's last resort against a process that eats memory is SIGKILL
  if (/heap out of memory|bad_alloc/i.test(stderr) || signal === 'SIGKILL') return tooMuchMemory();
  const how = signal ?? `code ${code}`;
  return fault(
    'parser-crashed',
    `The process that read the file ended with ${how}.`,
    'Write the file again with another program, or upload it as CSV.',
  );
}
