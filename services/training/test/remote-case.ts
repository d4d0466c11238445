import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type Busy,
  type SageMaker,
  SageMakerError,
  type TrainingOrder,
  type TrainingState,
} from '@bellwether/sagemaker';
import type { Remote } from '@bellwether/sagemaker/remote';
import type { Rows } from '@bellwether/testkit';
import type { TrainingPlan } from '../src/domain/plan-training.ts';
import type { PoolOutcome } from '../src/local/trial-pool.ts';
import type { TrialTask } from '../src/local/trial-task.ts';
import { planOfPlane, running, type TrainingCase, trainingCase } from './training-case.ts';

/** What SageMaker answers, and what it was asked. */
export interface Script {
  state: TrainingState | Busy | 'refuses';
  start: 'started' | 'busy' | 'refuses';
  stop: 'stopping' | 'busy';
  readonly started: TrainingOrder[];
  readonly stopped: string[];
}

export interface RemoteCase extends TrainingCase {
  readonly script: Script;
  /** tasks that threads were given */
  readonly tasks: TrialTask[];
}

export const asked = { jobId: 'job_1', trialId: 'trial_1' };
export const jobOfTrial = 'bellwether-trial-1';
const busy: Busy = { kind: 'busy', reason: 'ThrottlingException: Rate exceeded' };

const plan: TrainingPlan = { ...(JSON.parse(planOfPlane()) as TrainingPlan), backend: 'sagemaker' };
const job = { ...running, plan: JSON.stringify(plan) };
const trial = { algorithm: 'xgboost', status: 'running', started_at: 4000 } as const;

/** A running job with one trial on a SageMaker that does what the test says. */
export async function remoteCase(change: Rows = {}): Promise<RemoteCase> {
  const script: Script = { state: { kind: 'absent' }, start: 'started', stop: 'stopping', started: [], stopped: [] };
  const tasks: TrialTask[] = [];
  const rows: Rows = { datasets: [{}], jobs: [job], trials: [trial], ...change };
  const remote: { current?: Remote } = {};
  const training = await trainingCase(
    {
      ...rows,
      jobs: (rows.jobs ?? []).map((row) => ({ ...job, ...row })),
      trials: (rows.trials ?? []).map((row) => ({ ...trial, ...row })),
    },
    async (task) => {
      tasks.push(task);
      return fitted(task);
    },
    {
      isConfigured: true,
      open: async () => remote.current as Remote,
      close: async () => undefined,
    },
  );
  const { store } = training.deps;
  await store.put('tables/t1/ds_1/at_1.parquet', Buffer.from('table'));
  remote.current = { sagemaker: sageMakerOf(script), bucket: 'bucket', store, close: async () => undefined };
  return { ...training, script, tasks };
}

/** A thread that writes what it is to write, at once. */
function fitted({ channels, output }: TrialTask): PoolOutcome {
  const files: [string | undefined, string][] = [
    [channels?.train, '1,2\n'],
    [channels?.validation, '3,4\n'],
    [channels?.prepared, JSON.stringify(prepared)],
    [output, 'artifact'],
  ];
  for (const [path, content] of files) {
    if (path === undefined) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  const result = { metrics: { rmse: 0.5 }, hyperparameters: { eta: 0.1 }, trainedRows: 64, holdoutRows: 20 };
  return { kind: 'done', result };
}

export const prepared = {
  manifest: {
    format: 'bellwether-model',
    formatVersion: 1,
    task: 'regression',
    algorithm: 'xgboost',
    hyperparameters: {},
    seed: 0,
    trainedRows: 64,
    inputs: [],
    target: { name: 'z', kind: 'numeric', logTransformed: false },
  },
  order: { num_round: '10' },
  validationRows: 1,
};

function sageMakerOf(script: Script): SageMaker {
  const refusal = () => new SageMakerError('AccessDeniedException: not for you');
  const unused = async () => {
    throw new Error('nobody was to ask for this');
  };
  return {
    settings: {} as SageMaker['settings'],
    async startTraining(order) {
      if (script.start === 'refuses') throw refusal();
      if (script.start === 'busy') return busy;
      script.started.push(order);
      return { kind: 'started' };
    },
    async describeTraining() {
      if (script.state === 'refuses') throw refusal();
      return script.state;
    },
    async stopTraining(name) {
      if (script.stop === 'busy') return busy;
      script.stopped.push(name);
      return { kind: 'stopping' };
    },
    startAutoMl: unused,
    describeAutoMl: unused,
    stopAutoMl: unused,
    createCandidateModel: unused,
    createModel: unused,
    deleteModel: unused,
    startTransform: unused,
    describeTransform: unused,
    stopTransform: unused,
    close: () => undefined,
  };
}
