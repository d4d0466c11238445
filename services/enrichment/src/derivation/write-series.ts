import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnrichmentStep } from '@bellwether/contracts';
import { type StepNote, seriesOfSteps } from '@bellwether/datasets';
import type { Deps } from '../deps.ts';

interface SeriesFiles extends AsyncDisposable {
  /** paths by id of the series */
  readonly files: Readonly<Record<string, string>>;
  readonly notes: readonly StepNote[];
}

/**
 * Writes the observations that steps need to files of the work folder, and says how old what we have is.
 * @throws Problem `series-not-found`, `fred-key-missing`, `fred-unavailable`
 */
export async function writeSeries(
  steps: readonly EnrichmentStep[],
  { series: library, workFolder, newId, now }: Deps,
  signal: AbortSignal,
): Promise<SeriesFiles> {
  const files: Record<string, string> = {};
  const notes: StepNote[] = [];
  const remove = async () => {
    for (const path of Object.values(files)) await rm(path, { force: true });
  };
  try {
    for (const [id, vintages] of seriesOfSteps(steps)) {
      signal.throwIfAborted();
      const series = await library.series(id, vintages);
      const path = join(workFolder, `${newId('series')}.json`);
      files[id] = path;
      await writeFile(path, JSON.stringify({ observations: series.observations }));
      const hours = Math.floor((now() - series.fetchedAt) / 3_600_000);
      const message = `${id} (${series.title}) as FRED had it ${hours} h ago; its last observation is ${series.lastObservation}.`;
      notes.push({ code: 'series-fetched', message, column: id });
    }
    return { files, notes, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
