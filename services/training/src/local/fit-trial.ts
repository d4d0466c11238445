import { readFile, writeFile } from 'node:fs/promises';
import type { Frame } from '@bellwether/contracts';
import {
  evaluate,
  fitModel,
  loadModel,
  type Model,
  predictRows,
  saveModel,
  splitHoldout,
  truthOf,
} from '@bellwether/learning';
import type { FrameCache } from './last-frame.ts';
import type { TrialResult, TrialTask } from './trial-task.ts';

/**
 * Fits one model, or loads one, and scores it on the held-out rows. Runs in a worker thread.
 *
 * @param onProgress fraction done, 0 to 1
 */
export async function fitTrial(
  task: TrialTask,
  frames: FrameCache,
  onProgress: (fraction: number) => void,
): Promise<TrialResult> {
  const { plan } = task;
  const frame = await frames.read(task.table, [...plan.inputs, plan.target]);
  const { training, holdout } = splitHoldout(frame, {
    target: plan.target.name,
    ...(plan.timestamp === undefined ? {} : { timestamp: plan.timestamp }),
  });
  const model = await modelOf(task, frame, training, onProgress);
  const metrics = evaluate(plan.task, truthOf(model.manifest, frame, holdout), predictRows(model, frame, holdout));
  if (task.output !== undefined) await writeFile(task.output, await saveModel(model));
  return {
    metrics,
    hyperparameters: model.manifest.hyperparameters,
    trainedRows: training.length,
    holdoutRows: holdout.length,
  };
}

async function modelOf(
  task: TrialTask,
  frame: Frame,
  training: Int32Array,
  onProgress: (fraction: number) => void,
): Promise<Model> {
  if (task.artifact !== undefined) return await loadModel(await readFile(task.artifact));
  const { plan, algorithm, hyperparameters, seed } = task;
  const { inputs, target, task: goal } = plan;
  return fitModel({ frame, inputs, target, task: goal, algorithm, hyperparameters, training, seed, onProgress });
}
