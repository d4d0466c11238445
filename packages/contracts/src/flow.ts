import type { MessageType } from './message.ts';
import { AutomationFailed, AutomationTriggered } from './messages/automation-triggered.ts';
import { CancelRequested } from './messages/cancel-requested.ts';
import { ChampionPromoted } from './messages/champion-promoted.ts';
import { ClockTicked } from './messages/clock-ticked.ts';
import { DatasetDerived, DerivationFailed, PredictionsDerived } from './messages/dataset-derived.ts';
import { DatasetReady } from './messages/dataset-ready.ts';
import { DatasetRejected } from './messages/dataset-rejected.ts';
import { DatasetUploaded } from './messages/dataset-uploaded.ts';
import { EnrichmentFailed, EnrichmentRequested } from './messages/enrichment-requested.ts';
import { EvaluationFailed, EvaluationRequested } from './messages/evaluation-requested.ts';
import { ForecastAsked, ForecastRefused } from './messages/forecast-asked.ts';
import { ForecastDiscarded, ForecastFailed, ForecastRequested, TablesExported } from './messages/forecast-requested.ts';
import {
  FitFailed,
  FitFinished,
  FitRequested,
  FitSubmitted,
  ForecasterDiscarded,
  ForecasterFailed,
  ForecasterRequested,
  ForecasterTrained,
  PredictorsTrained,
} from './messages/forecaster-requested.ts';
import {
  ForecastsDiscarded,
  ForecastsFailed,
  ForecastsMade,
  ForecastsRequested,
  PartFailed,
  PartFinished,
  PartRequested,
  PartSubmitted,
} from './messages/forecasts-requested.ts';
import { ItemsOutdated } from './messages/items-outdated.ts';
import {
  AutomationFinished,
  EnrichmentFinished,
  EvaluationFinished,
  ForecastFinished,
  PredictionFinished,
  TrainingFinished,
} from './messages/job-finished.ts';
import { PanelDiscarded, PanelFailed, PanelPrepared, PanelRequested } from './messages/panel-requested.ts';
import { PredictionFailed, PredictionRequested } from './messages/prediction-requested.ts';
import { PredictionSubmitted } from './messages/prediction-submitted.ts';
import { AppendFailed, RowsAppended } from './messages/rows-appended.ts';
import { ScoresDeferred, ScoresFailed, ScoresRequested, ScoresWritten } from './messages/scores-requested.ts';
import { EnrichmentOrdered, PredictionOrdered, TrainingOrdered } from './messages/step-ordered.ts';
import { TrainingFailed, TrainingRequested } from './messages/training-requested.ts';
import { TrialFinished } from './messages/trial-finished.ts';
import { TrialFailed, TrialRequested } from './messages/trial-requested.ts';
import { TrialSubmitted } from './messages/trial-submitted.ts';
import { UploadFailed } from './messages/upload-failed.ts';
import type { Service } from './service.ts';

/** One row of the map: who says it, who hears it, and what follows when it cannot be handled. */
export interface Hop {
  readonly message: MessageType;
  /** `client`: whoever puts messages of their own, without our envelope, into the row's own queue */
  readonly from: Service | 'object-store' | 'clock' | 'client';
  readonly to: readonly Service[];
  /**
   * A queue of its own with the service that says it to itself, where long work would block short work, or that clients
   * write to.
   */
  readonly queue?: string;
  /** The row to emit, from the consumer, when a message of this row is dead; its body adds `reasons`. */
  readonly onDead?: string;
}

/**
 * The map of the system: every message that services exchange. Queues, the README's diagram and the types of all
 * handlers come from here, so a message that is not in this table cannot be sent.
 */
export const flow = {
  datasetUploaded: { message: DatasetUploaded, from: 'object-store', to: ['ingest'], onDead: 'uploadFailed' },
  uploadFailed: { message: UploadFailed, from: 'ingest', to: ['ingest'] },
  rowsAppended: { message: RowsAppended, from: 'ingest', to: ['ingest'], onDead: 'appendFailed' },
  appendFailed: { message: AppendFailed, from: 'ingest', to: ['ingest'] },
  datasetDerived: { message: DatasetDerived, from: 'enrichment', to: ['ingest'], onDead: 'derivationFailed' },
  predictionsDerived: { message: PredictionsDerived, from: 'inference', to: ['ingest'], onDead: 'derivationFailed' },
  derivationFailed: { message: DerivationFailed, from: 'ingest', to: ['ingest'] },
  datasetReady: { message: DatasetReady, from: 'ingest', to: ['enrichment', 'training', 'inference', 'metrics'] },
  datasetRejected: { message: DatasetRejected, from: 'ingest', to: ['enrichment', 'training', 'inference', 'metrics'] },

  clockTicked: { message: ClockTicked, from: 'clock', to: ['training'] },
  automationTriggered: {
    message: AutomationTriggered,
    from: 'training',
    to: ['training', 'metrics'],
    onDead: 'automationFailed',
  },
  automationFailed: { message: AutomationFailed, from: 'training', to: ['training'] },
  enrichmentOrdered: {
    message: EnrichmentOrdered,
    from: 'training',
    to: ['enrichment', 'metrics'],
    onDead: 'enrichmentFailed',
  },
  trainingOrdered: {
    message: TrainingOrdered,
    from: 'training',
    to: ['training', 'metrics'],
    onDead: 'trainingFailed',
  },
  predictionOrdered: {
    message: PredictionOrdered,
    from: 'training',
    to: ['inference', 'metrics'],
    onDead: 'predictionFailed',
  },
  automationFinished: {
    message: AutomationFinished,
    from: 'training',
    to: ['enrichment', 'training', 'inference', 'metrics'],
  },

  enrichmentRequested: {
    message: EnrichmentRequested,
    from: 'enrichment',
    to: ['enrichment', 'metrics'],
    onDead: 'enrichmentFailed',
  },
  enrichmentFailed: { message: EnrichmentFailed, from: 'enrichment', to: ['enrichment'] },
  enrichmentFinished: { message: EnrichmentFinished, from: 'enrichment', to: ['training', 'metrics'] },

  trainingRequested: {
    message: TrainingRequested,
    from: 'training',
    to: ['training', 'metrics'],
    onDead: 'trainingFailed',
  },
  trainingFailed: { message: TrainingFailed, from: 'training', to: ['training'] },
  trialRequested: {
    message: TrialRequested,
    from: 'training',
    to: ['training'],
    queue: 'trials',
    onDead: 'trialFailed',
  },
  trialSubmitted: { message: TrialSubmitted, from: 'training', to: ['training'], onDead: 'trialFailed' },
  trialFailed: { message: TrialFailed, from: 'training', to: ['training'] },
  trialFinished: { message: TrialFinished, from: 'training', to: ['training', 'metrics'] },
  trainingFinished: { message: TrainingFinished, from: 'training', to: ['training', 'metrics'] },
  championPromoted: { message: ChampionPromoted, from: 'training', to: ['inference', 'metrics'] },

  predictionRequested: {
    message: PredictionRequested,
    from: 'inference',
    to: ['inference', 'metrics'],
    queue: 'batches',
    onDead: 'predictionFailed',
  },
  predictionSubmitted: {
    message: PredictionSubmitted,
    from: 'inference',
    to: ['inference'],
    onDead: 'predictionFailed',
  },
  predictionFailed: { message: PredictionFailed, from: 'inference', to: ['inference'] },
  predictionFinished: { message: PredictionFinished, from: 'inference', to: ['training', 'metrics'] },

  itemsOutdated: { message: ItemsOutdated, from: 'inference', to: ['inference'], queue: 'items' },

  evaluationRequested: {
    message: EvaluationRequested,
    from: 'metrics',
    to: ['metrics'],
    queue: 'evaluations',
    onDead: 'evaluationFailed',
  },
  evaluationFailed: { message: EvaluationFailed, from: 'metrics', to: ['metrics'] },
  evaluationFinished: { message: EvaluationFinished, from: 'metrics', to: ['metrics'] },

  forecastAsked: {
    message: ForecastAsked,
    from: 'client',
    to: ['ingest'],
    queue: 'pipelines',
    onDead: 'forecastRefused',
  },
  forecastRefused: { message: ForecastRefused, from: 'ingest', to: ['ingest'] },
  forecastRequested: {
    message: ForecastRequested,
    from: 'ingest',
    to: ['ingest', 'metrics'],
    queue: 'exports',
    onDead: 'forecastFailed',
  },
  forecastFailed: { message: ForecastFailed, from: 'ingest', to: ['ingest'] },
  tablesExported: { message: TablesExported, from: 'ingest', to: ['ingest', 'metrics'], onDead: 'forecastFailed' },
  panelRequested: { message: PanelRequested, from: 'ingest', to: ['enrichment'], onDead: 'panelFailed' },
  panelPrepared: { message: PanelPrepared, from: 'enrichment', to: ['ingest', 'metrics'], onDead: 'forecastFailed' },
  panelFailed: { message: PanelFailed, from: 'enrichment', to: ['ingest', 'metrics'], onDead: 'forecastFailed' },
  forecasterRequested: { message: ForecasterRequested, from: 'ingest', to: ['training'], onDead: 'forecasterFailed' },
  fitRequested: { message: FitRequested, from: 'training', to: ['training'], queue: 'fits', onDead: 'fitFailed' },
  fitSubmitted: { message: FitSubmitted, from: 'training', to: ['training'], onDead: 'fitFailed' },
  fitFailed: { message: FitFailed, from: 'training', to: ['training'] },
  fitFinished: { message: FitFinished, from: 'training', to: ['training'], onDead: 'forecasterFailed' },
  predictorsTrained: {
    message: PredictorsTrained,
    from: 'training',
    to: ['ingest', 'metrics'],
    onDead: 'forecastFailed',
  },
  forecasterTrained: {
    message: ForecasterTrained,
    from: 'training',
    to: ['ingest', 'metrics'],
    onDead: 'forecastFailed',
  },
  forecasterFailed: {
    message: ForecasterFailed,
    from: 'training',
    to: ['ingest', 'metrics'],
    onDead: 'forecastFailed',
  },
  forecastsRequested: { message: ForecastsRequested, from: 'ingest', to: ['inference'], onDead: 'forecastsFailed' },
  partRequested: {
    message: PartRequested,
    from: 'inference',
    to: ['inference'],
    queue: 'parts',
    onDead: 'partFailed',
  },
  partSubmitted: { message: PartSubmitted, from: 'inference', to: ['inference'], onDead: 'partFailed' },
  partFailed: { message: PartFailed, from: 'inference', to: ['inference'] },
  partFinished: { message: PartFinished, from: 'inference', to: ['inference'], onDead: 'forecastsFailed' },
  forecastsMade: { message: ForecastsMade, from: 'inference', to: ['ingest', 'metrics'], onDead: 'forecastFailed' },
  forecastsFailed: { message: ForecastsFailed, from: 'inference', to: ['ingest', 'metrics'], onDead: 'forecastFailed' },
  scoresRequested: {
    message: ScoresRequested,
    from: 'ingest',
    to: ['metrics'],
    onDead: 'scoresFailed',
  },
  scoresDeferred: {
    message: ScoresDeferred,
    from: 'metrics',
    to: ['metrics'],
    queue: 'scores',
    onDead: 'scoresFailed',
  },
  scoresWritten: { message: ScoresWritten, from: 'metrics', to: ['ingest', 'metrics'], onDead: 'forecastFailed' },
  scoresFailed: { message: ScoresFailed, from: 'metrics', to: ['ingest', 'metrics'], onDead: 'forecastFailed' },
  forecastDiscarded: { message: ForecastDiscarded, from: 'ingest', to: ['enrichment', 'training', 'inference'] },
  panelDiscarded: { message: PanelDiscarded, from: 'enrichment', to: ['ingest'], onDead: 'forecastFailed' },
  forecasterDiscarded: { message: ForecasterDiscarded, from: 'training', to: ['ingest'], onDead: 'forecastFailed' },
  forecastsDiscarded: { message: ForecastsDiscarded, from: 'inference', to: ['ingest'], onDead: 'forecastFailed' },
  forecastFinished: { message: ForecastFinished, from: 'ingest', to: ['metrics'] },

  cancelRequested: {
    message: CancelRequested,
    from: 'metrics',
    to: ['ingest', 'training', 'enrichment', 'inference', 'metrics'],
  },
} as const satisfies Record<string, Hop>;

export type Flow = typeof flow;
export type FlowName = keyof Flow;
