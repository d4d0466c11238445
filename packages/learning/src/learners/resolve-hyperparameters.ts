import { Problem } from '@bellwether/contracts';
import type { z } from 'zod';
import type { Task } from '../task.ts';
import type { Hyperparameters } from './learner.ts';
import { learnerOf } from './registry.ts';

/** Names of the hyperparameters that have a meaning for the task (for any, when the task is not known yet). */
const namesFor = (schema: z.ZodObject, task: Task | undefined): string[] =>
  Object.entries(schema.shape).flatMap(([name, field]) => {
    const tasks = (field as z.ZodType).meta()?.tasks as readonly Task[] | undefined;
    return task === undefined || tasks === undefined || tasks.includes(task) ? [name] : [];
  });

/**
 * Checks what a user gave and fills in the defaults. Given a task, hyperparameters that only matter to the other task
 * are refused too, and left out of the result.
 * @throws Problem `algorithm-unknown`, `task-unsupported`, `hyperparameter-unknown`, `hyperparameter-refused`
 */
export const resolveHyperparameters = (algorithm: string, given: Hyperparameters, task?: Task): Hyperparameters => {
  const learner = learnerOf(algorithm);
  if (task !== undefined && !learner.tasks.includes(task)) {
    throw new Problem(422, 'task-unsupported', `"${algorithm}" does not train a ${task}.`, {
      field: 'task',
      cure: `It trains: ${learner.tasks.join(', ')}.`,
    });
  }
  const names = namesFor(learner.hyperparameters, task);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Problem(
      422,
      'hyperparameter-unknown',
      `"${algorithm}" has no hyperparameter "${unknown}"${task === undefined ? '' : ` in a ${task}`}.`,
      {
        field: `hyperparameters.${unknown}`,
        cure: names.length > 0 ? `It has: ${names.join(', ')}.` : 'It has none: leave it out.',
      },
    );
  }
  const parsed = learner.hyperparameters.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.join('.') ?? '';
    const described = learner.hyperparameters.shape[String(issue?.path[0])] as z.ZodType | undefined;
    throw new Problem(422, 'hyperparameter-refused', `"${algorithm}" refuses ${path}: ${issue?.message}.`, {
      field: `hyperparameters.${path}`,
      cure: described?.description ?? 'Leave it out to take the default.',
    });
  }
  return Object.fromEntries(Object.entries(parsed.data).filter(([name]) => names.includes(name)));
};
