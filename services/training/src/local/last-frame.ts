import type { Column, Frame } from '@bellwether/contracts';
import { readFrame } from '@bellwether/datasets';

const maxBytes = 256 * 1024 * 1024;

export interface FrameCache {
  /** The columns of a stored table. */
  read(path: string, columns: readonly Column[]): Promise<Frame>;
}

/**
 * Keeps the frame that was read last: trials of one job follow each other in a worker and read the same table. Stored
 * tables never change, so the path and the columns are its identity.
 */
export function lastFrame(): FrameCache {
  let kept: { key: string; frame: Frame } | undefined;
  return {
    async read(path, columns) {
      const key = JSON.stringify([path, columns]);
      if (kept?.key === key) return kept.frame;
      kept = undefined;
      const frame = await readFrame(path, { columns });
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
