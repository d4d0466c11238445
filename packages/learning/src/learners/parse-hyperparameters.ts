import type { z } from 'zod';
import type { Task } from '../task.ts';
import type { Hyperparameters, Learner } from './learner.ts';

/** Why hyperparameters are refused, in the words of a `Problem`. */
export interface HyperparameterFault {
  readonly ok: false;
  readonly code: 'hyperparameter-unknown' | 'hyperparameter-refused';
  /** name of the hyperparameter */
  readonly field: string;
  readonly detail: string;
  readonly cure: string;
}

export type ParsedHyperparameters =
  | {
      readonly ok: true;
      /** with the defaults filled in */
      readonly value: Hyperparameters;
    }
  | HyperparameterFault;

/** Names of the hyperparameters that have a meaning for the task (for any, when the task is not known yet). */
const namesFor = (schema: z.ZodObject, task: Task | undefined): string[] =>
  Object.entries(schema.shape).flatMap(([name, field]) => {
    const tasks = (field as z.ZodType).meta()?.tasks as readonly Task[] | undefined;
    return task === undefined || tasks === undefined || tasks.includes(task) ? [name] : [];
  });

const unknownName = (algorithm: string, name: string, names: readonly string[], task?: Task): HyperparameterFault => ({
  ok: false,
  code: 'hyperparameter-unknown',
  field: name,
  detail: `"${algorithm}" has no hyperparameter "${name}"${task === undefined ? '' : ` in a ${task}`}.`,
  cure: names.length > 0 ? `It has: ${names.join(', ')}.` : 'It has none: leave it out.',
});

const refusedValue = ({ algorithm, hyperparameters }: Learner, error: z.ZodError): HyperparameterFault => {
  const [issue] = error.issues;
  const name = String(issue?.path[0] ?? '');
  const described = hyperparameters.shape[name] as z.ZodType | undefined;
  return {
    ok: false,
    code: 'hyperparameter-refused',
    field: name,
    detail: `"${algorithm}" refuses its hyperparameter "${name}": ${issue?.message}.`,
    cure: described?.description ?? 'Leave it out to take the default.',
  };
};

/**
 * Checks what a user gave and fills in the defaults. Given a task, hyperparameters that only matter to the other task
 * are refused too, and left out of the value.
 */
export const parseHyperparameters = (learner: Learner, given: Hyperparameters, task?: Task): ParsedHyperparameters => {
  const names = namesFor(learner.hyperparameters, task);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) return unknownName(learner.algorithm, unknown, names, task);
  const parsed = learner.hyperparameters.safeParse(given);
  if (!parsed.success) return refusedValue(learner, parsed.error);
  return { ok: true, value: Object.fromEntries(Object.entries(parsed.data).filter(([name]) => names.includes(name))) };
};
