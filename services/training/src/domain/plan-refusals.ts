import type { Column, MetricName } from '@bellwether/contracts';
import { nearestNames } from '@bellwether/datasets';
import { metricSpecs } from '@bellwether/learning';
import type { Task } from './choose-task.ts';

/** Why a job cannot be planned: the code and the sentence that its row will show. */
export interface PlanRefusal {
  readonly code: string;
  readonly detail: string;
  readonly field: string;
  readonly cure: string;
}

export function missingTarget(name: string | undefined, schema: readonly Column[]): PlanRefusal {
  const names = schema.map((column) => column.name);
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
  return {
    code: 'target-missing',
    detail: `There is no column ${name ?? ''} to predict. The columns are: ${shown}.`,
    field: 'target',
    cure:
      name === undefined
        ? 'Name one of the columns as target.'
        : `The nearest are ${nearestNames(name, names).join(', ')}.`,
  };
}

export function noInputs(target: string): PlanRefusal {
  return {
    code: 'no-inputs',
    detail: `The table has no column besides its target ${target}.`,
    field: 'datasetId',
    cure: 'Upload a table with at least one more column.',
  };
}

export function constantTarget(target: string, distinct: number): PlanRefusal {
  return {
    code: distinct === 0 ? 'target-empty' : 'target-constant',
    detail: `The target ${target} has ${distinct === 0 ? 'no value' : 'one value only'}, so there is nothing to learn.`,
    field: 'target',
    cure: 'Choose another target, or upload rows in which it differs.',
  };
}

export function notANumber(target: Column): PlanRefusal {
  return {
    code: 'target-not-numeric',
    detail: `The target ${target.name} is ${target.kind}; regression needs a number.`,
    field: 'task',
    cure: 'Ask for classification, or choose a numeric target.',
  };
}

/**
 * @param most labels that can be told apart, by the candidate or by any learner
 * @param candidate its place in the request
 */
export function tooManyClasses(
  { name, kind }: Column,
  classes: number,
  most: number,
  candidate?: { readonly algorithm: string; readonly place: number },
): PlanRefusal {
  const who = candidate?.algorithm ?? 'a classification';
  const isNumber = kind === 'numeric' || kind === 'integer';
  const instead =
    candidate === undefined ? (isNumber ? 'ask for regression' : 'choose another target') : 'choose another algorithm';
  const cure = `merge the rare ones, or ${instead}`;
  return {
    code: 'too-many-classes',
    // the cure is part of the sentence: a job that fails by it shows nothing else
    detail: `The target ${name} has ${classes} different values, and ${who} tells ${most} apart at most: ${cure}.`,
    field: candidate === undefined ? 'target' : `candidates[${candidate.place}].algorithm`,
    cure: `${cure.charAt(0).toUpperCase()}${cure.slice(1)}.`,
  };
}

export function wrongMetric(task: Task, metric: MetricName | undefined): PlanRefusal {
  const fitting = Object.entries(metricSpecs).filter(([, spec]) => spec.task === task);
  return {
    code: 'metric-unfit',
    detail: `${metric} does not measure ${task}.`,
    field: 'metric',
    cure: `Use one of ${fitting.map(([name]) => name).join(', ')}.`,
  };
}

export function wrongAlgorithm(
  index: number,
  algorithm: string | undefined,
  task: Task,
  fitting: readonly string[],
): PlanRefusal {
  return {
    code: 'algorithm-unfit',
    detail: `${algorithm} cannot do ${task}.`,
    field: `candidates[${index}].algorithm`,
    cure: `Use one of ${fitting.join(', ')}.`,
  };
}

export function logOfLabels(): PlanRefusal {
  return {
    code: 'log-target-unfit',
    detail: 'Labels have no logarithm.',
    field: 'logTarget',
    cure: 'Leave logTarget out, or ask for regression.',
  };
}
