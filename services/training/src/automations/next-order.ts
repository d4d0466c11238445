import type { StepKind, Then } from '@bellwether/contracts';

/** What is known of a step that has succeeded. */
export interface DoneStep {
  readonly kind: StepKind;
  readonly jobId: string;
  /** of its job */
  readonly result: Readonly<Record<string, unknown>>;
}

/** The step that comes next, and the dataset that it works on; absent where the step itself says on which. */
export interface Order {
  readonly kind: StepKind;
  readonly datasetId?: string;
}

/** Datasets that an enrichment made, by part. */
type Parts = Readonly<Partial<Record<'enriched' | 'train' | 'test' | 'actuals', string>>>;

/**
 * What a run does after the steps that have succeeded; undefined when it has done all.
 *
 * @param datasetId the one that the run is about
 */
export function nextOrder(then: Then, done: readonly DoneStep[], datasetId: string): Order | undefined {
  const step = then[done.length];
  if (step === undefined) return undefined;
  const { kind } = step;
  const parts = partsOf(done);
  if (kind === 'enrich') return { kind, datasetId };
  if (kind === 'train') return { kind, datasetId: parts.train ?? parts.enriched ?? datasetId };
  if (step.dataset !== undefined || step.periods !== undefined) return { kind };
  return { kind, datasetId: parts.test ?? parts.enriched ?? datasetId };
}

function partsOf(done: readonly DoneStep[]): Parts {
  const enriched = done.find(({ kind }) => kind === 'enrich');
  return (enriched?.result.datasets ?? {}) as Parts;
}

/** What a run has come to, for its job's row. */
export function resultOf(then: Then, done: readonly DoneStep[]): Record<string, unknown> {
  const of = (kind: StepKind) => done.find((step) => step.kind === kind)?.result;
  const [enriched, trained, predicted] = [of('enrich'), of('train'), of('predict')];
  const training = then.find((step) => step.kind === 'train');
  return {
    steps: done.map(({ kind, jobId }) => ({ kind, jobId })),
    ...(enriched && { datasets: enriched.datasets }),
    ...(trained && { model: training?.model, champion: trained.champion, promoted: trained.promoted }),
    ...(predicted && { predictionsId: predicted.datasetId }),
  };
}
