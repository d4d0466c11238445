import type {
  Candidate,
  Column,
  FeatureRecipe,
  MetricName,
  Profile,
  Roles,
  TrainingRequest,
} from '@bellwether/contracts';
import { algorithms, defaultMetric, learnerOf, maxClasses, metricSpecs } from '@bellwether/learning';
import { chooseTask, type Task } from './choose-task.ts';
import { isSkewed } from './is-skewed.ts';
import { type PlannedCandidate, planCandidates } from './plan-candidates.ts';
import {
  constantTarget,
  logOfLabels,
  missingTarget,
  noInputs,
  notANumber,
  type PlanRefusal,
  tooManyClasses,
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
  /** parts of the training rows on which trials are compared; with a timestamp it is one, the last by time */
  readonly folds: number;
  readonly candidates: readonly PlannedCandidate[];
  /** where those trials run that can; absent: here */
  readonly backend?: 'sagemaker';
  /** after which no trial runs any more, counted from the job's start */
  readonly minutes?: number;
  /** how the table was derived from an uploaded one */
  readonly recipe?: FeatureRecipe;
}

const defaultFolds = 3;

export interface TableFacts {
  readonly schema: readonly Column[];
  readonly profile: Profile;
  readonly roles: Roles;
}

export type PlanResult =
  | { readonly ok: true; readonly plan: TrainingPlan }
  | { readonly ok: false; readonly refusal: PlanRefusal };

/**
 * Plans a job: every candidate with the number of its trials and what they vary, and a baseline that the champion must
 * not be worse than.
 */
export function planTraining(request: Omit<TrainingRequest, 'datasetId'>, table: TableFacts): PlanResult {
  const aim = aimOf(request.target ?? table.roles.target, table);
  if ('code' in aim) return refuse(aim);
  const { target, inputs, targetFacts } = aim;
  const distinct = targetFacts?.distinct ?? 0;

  const { task, why } = chooseTask(target, { distinct }, table.profile.rows, table.roles, request.task);
  if (task === 'regression' && !['numeric', 'integer', 'boolean'].includes(target.kind)) {
    return refuse(notANumber(target));
  }
  const metric = chooseMetric(task, request.metric);
  if (metric === undefined) return refuse(wrongMetric(task, request.metric));
  const classes = classesOf(task, distinct);
  const candidates = request.candidates ?? defaultCandidates(task).filter(({ algorithm }) => tells(algorithm, classes));
  const unfit = unfitCandidate(candidates, task) ?? overwhelmed(candidates, target, classes);
  if (unfit !== undefined) return refuse(unfit);
  if (request.logTarget && task === 'classification') return refuse(logOfLabels());

  const facts = { task, rows: table.profile.rows, inputs: inputs.length };
  const { timestamp } = table.roles;
  const minutes = request.budget?.minutes;
  return {
    ok: true,
    plan: {
      task,
      taskReason: why,
      metric,
      target,
      inputs,
      folds: request.validation?.folds ?? defaultFolds,
      candidates: planCandidates(candidates, request, facts, isSkewed(task, targetFacts)),
      ...(timestamp === undefined ? {} : { timestamp }),
      ...(minutes === undefined ? {} : { minutes }),
      ...(request.backend === 'sagemaker' ? { backend: 'sagemaker' as const } : {}),
    },
  };
}

/** What is predicted from what: the column asked for, else the last one, from all others. */
function aimOf(name: string | undefined, { schema, profile }: TableFacts) {
  const targetName = name ?? schema.at(-1)?.name;
  const target = schema.find((column) => column.name === targetName);
  if (target === undefined) return missingTarget(targetName, schema);
  const inputs = schema.filter((column) => column.name !== target.name);
  if (inputs.length === 0) return noInputs(target.name);
  const targetFacts = profile.columns.find((column) => column.name === target.name);
  const distinct = targetFacts?.distinct ?? 0;
  return distinct < 2 ? constantTarget(target.name, distinct) : { target, inputs, targetFacts };
}

function unfitCandidate(candidates: readonly Candidate[], task: Task): PlanRefusal | undefined {
  const unfit = candidates.findIndex(({ algorithm }) => !learnerOf(algorithm).tasks.includes(task));
  if (unfit < 0) return undefined;
  const fitting = defaultCandidates(task).map(({ algorithm }) => algorithm);
  return wrongAlgorithm(unfit, candidates[unfit]?.algorithm, task, fitting);
}

const classesOf = (task: Task, distinct: number): number => (task === 'classification' ? distinct : 0);

/** Too many labels for all learners, or for one that was asked for: each of its trials would fail. */
function overwhelmed(candidates: readonly Candidate[], target: Column, classes: number): PlanRefusal | undefined {
  if (classes > maxClasses) return tooManyClasses(target, classes, maxClasses);
  const place = candidates.findIndex(({ algorithm }) => !tells(algorithm, classes));
  const candidate = candidates[place];
  if (candidate === undefined) return undefined;
  const most = learnerOf(candidate.algorithm).maxClasses ?? maxClasses;
  return tooManyClasses(target, classes, most, { ...candidate, place });
}

const tells = (algorithm: Candidate['algorithm'], classes: number): boolean =>
  classes <= (learnerOf(algorithm).maxClasses ?? maxClasses);

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
