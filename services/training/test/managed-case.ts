import { encodeChunk, type PanelIndex } from '@bellwether/forecasting';
import { type AutoMlOrder, type AutoMlState, type Busy, type SageMaker, SageMakerError } from '@bellwether/sagemaker';
import { automlPlaces, type PreparedForecast } from '@bellwether/sagemaker/automl';
import type { Remote } from '@bellwether/sagemaker/remote';
import { type TrainingCase, trainingCase } from './training-case.ts';

/** What SageMaker answers, and what it was asked. */
export interface AutoMlScript {
  state: AutoMlState | Busy | 'refuses';
  start: 'started' | 'busy';
  stop: 'stopping' | 'busy';
  readonly started: AutoMlOrder[];
  readonly stopped: string[];
}

export interface ManagedCase extends TrainingCase {
  readonly script: AutoMlScript;
  fit(): Promise<{ status: string; output_key: string | null; error_code: string | null }>;
}

export const asked = { jobId: 'job_1', fitId: 'job_1-managed-0' };
export const panelKey = 'panels/t1/job_1/at_1/panel.json';
const busy: Busy = { kind: 'busy', reason: 'ThrottlingException: Rate exceeded' };

/** Three days of a week of one item, and nothing known ahead. */
export const index: PanelIndex = {
  schema: { frequency: { unit: 'day', count: 1 }, known: [], attributes: [] },
  plan: {
    horizon: 2,
    quantiles: [0.1, 0.5, 0.9],
    lastPeriod: 19_999,
    windows: 1,
    calibrationWindows: 0,
    windowStep: 2,
    windowLength: 2,
    predictors: ['naive'],
    combine: 'ensemble',
    seasonLengths: [7],
    seed: 0,
  },
  facts: { items: 1, values: 20, empty: 0, allZero: 0, constant: 0, longest: 20, lastPeriod: 19_999, sample: [] },
  problems: [],
  chunks: [{ file: 'chunk-00000.bin', items: 1 }],
} as PanelIndex;

export const prepared: PreparedForecast = {
  frequency: 'D',
  horizon: 2,
  quantiles: [0.1, 0.5, 0.9],
  filling: {},
  windows: [19_998],
  runs: [[1, 'final']],
  short: 0,
};

interface Options {
  readonly job?: object;
  readonly fit?: object;
  /** when its training began, in milliseconds; now is 5000 */
  readonly began?: number;
  readonly step?: string;
}

/** A forecast job in training whose forecaster AutoML is to find, on a SageMaker that does what the test says. */
export async function managedCase({ job = {}, fit = {}, began = 4000, step = 'train-predictors' }: Options = {}) {
  const script: AutoMlScript = {
    state: { kind: 'absent' },
    start: 'started',
    stop: 'stopping',
    started: [],
    stopped: [],
  };
  const result = { step, began: { 'train-predictors': began }, panelKey, notes: [] };
  const plan = { managed: { algorithms: ['ets'] }, datasets: { target: 'ds_1' } };
  const row = { kind: 'forecast', model: 'sales', status: 'running', ...job } as const;
  const remote: { current?: Remote } = {};
  const training = await trainingCase(
    { jobs: [{ ...row, plan: JSON.stringify(plan), result: JSON.stringify(result) }] },
    undefined,
    { isConfigured: true, open: async () => remote.current as Remote, close: async () => undefined },
  );
  const { store } = training.deps;
  await store.put(panelKey, Buffer.from(JSON.stringify(index)));
  const series = {
    item: 'a',
    first: 19_980,
    values: new Float64Array(20).fill(3),
    known: [],
    attributes: new Float64Array(),
  };
  await store.put('panels/t1/job_1/at_1/chunk-00000.bin', encodeChunk({ schema: index.schema, series: [series] }));
  await store.put(automlPlaces('t1', 'job_1').prepared, Buffer.from(JSON.stringify(prepared)));
  remote.current = { sagemaker: sageMakerOf(script), bucket: 'bucket', store, close: async () => undefined };
  await training.database.transact(async (tx) => {
    const about = {
      id: asked.fitId,
      job_id: 'job_1',
      tenant_id: 't1',
      stage: 'managed',
      position: 0,
      status: 'queued',
    };
    const open = { output_key: null, error_code: null, error_detail: null, finished_at: null };
    await tx
      .insertInto('forecast_fits')
      .values({ ...about, ...open, ...fit } as never)
      .execute();
  });
  const managed: ManagedCase = {
    ...training,
    script,
    fit: () => training.database.read.selectFrom('forecast_fits').selectAll().executeTakeFirstOrThrow(),
  };
  return managed;
}

function sageMakerOf(script: AutoMlScript): SageMaker {
  return {
    async startAutoMl(order: AutoMlOrder) {
      if (script.start === 'busy') return busy;
      script.started.push(order);
      return { kind: 'started' };
    },
    async describeAutoMl() {
      if (script.state === 'refuses') throw new SageMakerError('AccessDeniedException: not for you');
      return script.state;
    },
    async stopAutoMl(name: string) {
      if (script.stop === 'busy') return busy;
      script.stopped.push(name);
      return { kind: 'stopping' };
    },
  } as unknown as SageMaker;
}
