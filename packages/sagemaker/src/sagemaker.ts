import type { AutoMlOrder, AutoMlState } from './automl/automl-jobs.ts';
import type { Busy } from './refusal.ts';
import type { SageMakerSettings } from './settings.ts';
import type { TrainingOrder, TrainingState } from './training-jobs.ts';
import type { CandidateOrder, ModelOrder, TransformOrder, TransformState } from './transform-jobs.ts';

/**
 * SageMaker, as far as we need it. Every call may answer `busy`, which a later one may not; each that asks for something
 * may be repeated, since names are the caller's. What cannot succeed throws a `SageMakerError`.
 */
export interface SageMaker {
  readonly settings: SageMakerSettings;
  startTraining(order: TrainingOrder): Promise<{ readonly kind: 'started' } | Busy>;
  describeTraining(name: string): Promise<TrainingState | Busy>;
  stopTraining(name: string): Promise<{ readonly kind: 'stopping' } | Busy>;
  startAutoMl(order: AutoMlOrder): Promise<{ readonly kind: 'started' } | Busy>;
  describeAutoMl(name: string): Promise<AutoMlState | Busy>;
  stopAutoMl(name: string): Promise<{ readonly kind: 'stopping' } | Busy>;
  createCandidateModel(order: CandidateOrder): Promise<{ readonly kind: 'done' } | Busy>;
  createModel(order: ModelOrder): Promise<{ readonly kind: 'done' } | Busy>;
  deleteModel(name: string): Promise<{ readonly kind: 'done' } | Busy>;
  startTransform(order: TransformOrder): Promise<{ readonly kind: 'done' } | Busy>;
  describeTransform(name: string): Promise<TransformState | Busy>;
  stopTransform(name: string): Promise<{ readonly kind: 'done' } | Busy>;
  close(): void;
}
