import type { Algorithm, Candidate, Column, MetricName, Profile, Roles, TrainingRequest } from '@bellwether/contracts';
import { algorithms, defaultMetric, learnerOf, metricSpecs } from '@bellwether/learning';
import { chooseTask, type Task } from './choose-task.ts';

/** What a training job does, decided before its first trial and kept in its row. */
export interface TrainingPlan {
  readonly task: Task;
  readonly taskReason: string;
  readonly metric: MetricName;
  readonly target: Column;
  /** all columns but the target, in the order of the table */
  readonly inputs: readonly Column[];
  /** the hold-out is the last rows by this column; by a hash of the row without it */
  readonly timestamp?: string;
  readonly trials: readonly PlannedTrial[];
}

export interface PlannedTrial {
  readonly kind: 'candidate' | 'champion';
  readonly algorithm: Algorithm;
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** the version to evaluate again */
  readonly version?: number;
}

/** Why a job cannot be planned: the code and the sentence that its row will show. */
export interface PlanRefusal {
  readonly code: string;
  readonly detail: string;
  readonly field: string;
  readonly cure: string;
}

export interface TableFacts {
  readonly schema: readonly Column[];
  readonly profile: Profile;
  readonly roles: Roles;
}

export type PlanResult =
  | { readonly ok: true; readonly plan: TrainingPlan }
  | { readonly ok: false; readonly refusal: PlanRefusal };

/**
 * Plans the trials of a job: every candidate, a baseline that the champion must not be worse than, and the present
 * champion once more, so that old and new are compared on the same held-out rows.
 *
 * @param champion the version that answers now, when the model has one
 */
export function planTraining(
  request: Omit<TrainingRequest, 'datasetId'>,
  table: TableFacts,
  champion: { readonly version: number; readonly algorithm: Algorithm } | undefined,
): PlanResult {
  const targetName = request.target ?? table.roles.target ?? table.schema.at(-1)?.name;
  const target = table.schema.find((column) => column.name === targetName);
  if (target === undefined) return refuse(missingTarget(targetName, table.schema));
  const inputs = table.schema.filter((column) => column.name !== target.name);
  if (inputs.length === 0) return refuse(noInputs(target.name));
  const facts = table.profile.columns.find((column) => column.name === target.name);
  const distinct = facts?.distinct ?? 0;
  if (distinct < 2) return refuse(constantTarget(target.name, distinct));

  const { task, why } = chooseTask(target, { distinct }, table.profile.rows, table.roles, request.task);
  if (task === 'regression' && !['numeric', 'integer', 'boolean'].includes(target.kind)) {
    return refuse(notANumber(target));
  }
  const metric = chooseMetric(task, request.metric);
  if (metric === undefined) return refuse(wrongMetric(task, request.metric));
  const candidates = request.candidates ?? defaultCandidates(task);
  const unfit = candidates.findIndex(({ algorithm }) => !learnerOf(algorithm).tasks.includes(task));
  if (unfit >= 0) return refuse(wrongAlgorithm(unfit, candidates, task));

  const seed = request.seed ?? 0;
  const all: Candidate[] = candidates.some(({ algorithm }) => algorithm === 'baseline')
    ? [...candidates]
    : [...candidates, { algorithm: 'baseline' }];
  const trials: PlannedTrial[] = all.map(({ algorithm, hyperparameters = {} }, index) => ({
    kind: 'candidate',
    algorithm,
    hyperparameters,
    seed: seed + index,
  }));
  if (champion !== undefined) {
    trials.push({
      kind: 'champion',
      algorithm: champion.algorithm,
      hyperparameters: {},
      seed,
      version: champion.version,
    });
  }
  const { timestamp } = table.roles;
  return {
    ok: true,
    plan: { task, taskReason: why, metric, target, inputs, trials, ...(timestamp === undefined ? {} : { timestamp }) },
  };
}

function refuse(refusal: PlanRefusal): PlanResult {
  return { ok: false, refusal };
}

function defaultCandidates(task: Task): Candidate[] {
  return (Object.keys(algorithms) as Candidate['algorithm'][])
    .filter((algorithm) => learnerOf(algorithm).tasks.includes(task))
    .map((algorithm) => ({ algorithm }));
}

function chooseMetric(task: Task, asked: MetricName | undefined): MetricName | undefined {
  if (asked !== undefined) return metricSpecs[asked].task === task ? asked : undefined;
  return defaultMetric[task];
}

function missingTarget(name: string | undefined, schema: readonly Column[]): PlanRefusal {
  const names = schema.map((column) => column.name);
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
  return {
    code: 'target-missing',
    detail: `There is no column ${name ?? ''} to predict. The columns are: ${shown}.`,
    field: 'target',
    cure: 'Name one of the columns as target.',
  };
}

function noInputs(target: string): PlanRefusal {
  return {
    code: 'no-inputs',
    detail: `The table has no column besides its target ${target}.`,
    field: 'datasetId',
    cure: 'Upload a table with at least one more column.',
  };
}

function constantTarget(target: string, distinct: number): PlanRefusal {
  return {
    code: distinct === 0 ? 'target-empty' : 'target-constant',
    detail: `The target ${target} has ${distinct === 0 ? 'no value' : 'one value only'}, so there is nothing to learn.`,
    field: 'target',
    cure: 'Choose another target, or upload rows in which it differs.',
  };
}

function notANumber(target: Column): PlanRefusal {
  return {
    code: 'target-not-numeric',
    detail: `The target ${target.name} is ${target.kind}; regression needs a number.`,
    field: 'task',
    cure: 'Ask for classification, or choose a numeric target.',
  };
}

function wrongMetric(task: Task, metric: MetricName | undefined): PlanRefusal {
  const fitting = Object.entries(metricSpecs).filter(([, spec]) => spec.task === task);
  return {
    code: 'metric-unfit',
    detail: `${metric} does not measure ${task}.`,
    field: 'metric',
    cure: `Use one of ${fitting.map(([name]) => name).join(', ')}.`,
  };
}

function wrongAlgorithm(index: number, candidates: readonly Candidate[], task: Task): PlanRefusal {
  return {
    code: 'algorithm-unfit',
    detail: `${candidates[index]?.algorithm} cannot do ${task}.`,
    field: `candidates[${index}].algorithm`,
    cure: `Use one of ${defaultCandidates(task)
      .map(({ algorithm }) => algorithm)
      .join(', ')}.`,
  };
}
