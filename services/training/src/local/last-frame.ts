import type { Column, Frame } from '@bellwether/contracts';
import { readFrame } from '@bellwether/datasets';
import { withinSection } from './native-section.ts';

const maxBytes = 256 * 1024 * 1024;

export interface FrameCache {
  /** The columns of a stored table. */
  read(path: string, columns: readonly Column[]): Promise<Frame>;
}

/**
 * Reads frames and keeps the one that was read last: trials of one job follow each other in a worker and read the same table. Stored
 * tables never change, so the path and the columns are its identity.
 *
 * @param section shared with whoever may end this thread
 * @param signal interrupts a read, for good
 */
export function lastFrame(section: Int32Array, signal: AbortSignal): FrameCache {
  let kept: { key: string; frame: Frame } | undefined;
  return {
    async read(path, columns) {
      const key = JSON.stringify([path, columns]);
      if (kept?.key === key) return kept.frame;
      kept = undefined;
      const frame = await withinSection(section, () => readFrame(path, { columns, signal }));
      if (bytesOf(frame) <= maxBytes) kept = { key, frame };
      return frame;
    },
  };
}

function bytesOf(frame: Frame): number {
  return frame.columns.reduce(
    (sum, column) => sum + (column.type === 'numeric' ? column.values.byteLength : column.codes.byteLength),
    0,
  );
}
