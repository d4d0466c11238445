import type { DataProblem } from '@bellwether/contracts';
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

/** The problems that an error within a task stands for. Its own words are for the log: they may hold paths. */
export function problemsOf(error: unknown): readonly DataProblem[] {
  if (error instanceof RefusedData) return error.problems;
  const message = error instanceof Error ? error.message : String(error);
  if (/out of memory|could not allocate|temp(orary)? directory|max_temp_directory_size/i.test(message)) {
    return [tooMuchMemory()];
  }
  if (/parquet|thrift|snappy|zstd|gzip|brotli|lz4|page header|row group/i.test(message)) {
    const cure = 'Write the file again, and upload the whole of it.';
    return [fault('corrupt-file', 'The data in the Parquet file cannot be read.', cure)];
  }
  return [fault('reading-failed', 'The file cannot be read.', 'Save it as plain CSV, and tell the operator.')];
}
