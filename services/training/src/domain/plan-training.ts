import type { Algorithm, Candidate, Column, MetricName, Profile, Roles, TrainingRequest } from '@bellwether/contracts';
import { algorithms, defaultMetric, learnerOf, metricSpecs } from '@bellwether/learning';
import { chooseTask, type Task } from './choose-task.ts';
import {
  constantTarget,
  logOfLabels,
  missingTarget,
  noInputs,
  notANumber,
  type PlanRefusal,
  wrongAlgorithm,
  wrongMetric,
} from './plan-refusals.ts';

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
  /** learn log(1 + target) */
  readonly logTarget?: boolean;
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
  champion: Champion | undefined,
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
  if (unfit >= 0) {
    return refuse(
      wrongAlgorithm(
        unfit,
        candidates[unfit]?.algorithm,
        task,
        defaultCandidates(task).map(({ algorithm }) => algorithm),
      ),
    );
  }
  if (request.logTarget && task === 'classification') return refuse(logOfLabels());

  const trials = planTrials(candidates, request.seed ?? 0, champion);
  const { timestamp } = table.roles;
  return {
    ok: true,
    plan: {
      task,
      taskReason: why,
      metric,
      target,
      inputs,
      trials,
      ...(timestamp === undefined ? {} : { timestamp }),
      ...(request.logTarget ? { logTarget: true } : {}),
    },
  };
}

type Champion = { readonly version: number; readonly algorithm: Algorithm };

function planTrials(candidates: readonly Candidate[], seed: number, champion: Champion | undefined): PlannedTrial[] {
  const all: Candidate[] = candidates.some(({ algorithm }) => algorithm === 'baseline')
    ? [...candidates]
    : [...candidates, { algorithm: 'baseline' }];
  const trials: PlannedTrial[] = all.map(({ algorithm, hyperparameters = {} }, index) => ({
    kind: 'candidate',
    algorithm,
    hyperparameters,
    seed: seed + index,
  }));
  if (champion === undefined) return trials;
  const { version, algorithm } = champion;
  return [...trials, { kind: 'champion', algorithm, hyperparameters: {}, seed, version }];
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
