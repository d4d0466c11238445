import { type FeatureRecipe, Problem } from '@bellwether/contracts';
import type { Deps } from '../deps.ts';

/**
 * Fetches series that have grown too old, of those that champions predict items with: else their newest observations
 * would be as old as the last enrichment. FRED is not asked for what is young enough.
 */
export async function refreshSeries({ database, series, log }: Deps): Promise<void> {
  const rows = await database.read
    .selectFrom('models')
    .innerJoin('model_versions', (join) =>
      join
        .onRef('model_versions.tenant_id', '=', 'models.tenant_id')
        .onRef('model_versions.model', '=', 'models.name')
        .onRef('model_versions.version', '=', 'models.champion_version'),
    )
    .select('model_versions.recipe')
    .where('models.deleted_at', 'is', null)
    .where('model_versions.recipe', 'is not', null)
    .execute();
  const wanted = new Map<string, Wanted>();
  for (const { recipe } of rows) for (const each of seriesOf(recipe ?? '')) wanted.set(JSON.stringify(each), each);
  for (const { id, vintages } of wanted.values()) {
    try {
      await series.series(id, vintages);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      log.warn({ err: error, series: id }, 'a series that predictions of items read could not be fetched');
      // What FRED has against one series is nothing against the others; a source that is down, or a key, is.
      if (error.status !== 422) return;
    }
  }
}

interface Wanted {
  readonly id: string;
  readonly vintages: boolean;
}

/** As the items of the model read them: with all vintages where any step asks as of the release. */
function seriesOf(text: string): Wanted[] {
  const { steps, item } = JSON.parse(text) as FeatureRecipe;
  const macros = item === undefined ? [] : steps.filter((step) => step.kind === 'macro');
  const entries = macros.flatMap(({ series, asOf }) =>
    series.map((entry) => ({ id: typeof entry === 'string' ? entry : entry.id, vintages: asOf === 'release' })),
  );
  return entries.map(({ id }) => ({ id, vintages: entries.some((each) => each.id === id && each.vintages) }));
}
