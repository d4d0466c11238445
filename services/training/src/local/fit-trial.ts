import { readFile, writeFile } from 'node:fs/promises';
import { type Frame, Problem } from '@bellwether/contracts';
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
    metrics: finiteOnly(metrics),
    hyperparameters: model.manifest.hyperparameters,
    trainedRows: training.length,
    holdoutRows: holdout.length,
  };
}

/** JSON has no infinity: a message or row with one could not be read again. */
function finiteOnly(metrics: TrialResult['metrics']): TrialResult['metrics'] {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
}

async function modelOf(
  task: TrialTask,
  frame: Frame,
  training: Int32Array,
  onProgress: (fraction: number) => void,
): Promise<Model> {
  const { plan, algorithm, hyperparameters, seed } = task;
  if (task.artifact !== undefined) {
    const model = await loadModel(await readFile(task.artifact));
    refuseOtherAim(model, plan);
    return model;
  }
  const { inputs, target, task: goal, logTarget = false } = plan;
  return await fitModel({
    frame,
    inputs,
    target,
    task: goal,
    logTarget,
    algorithm,
    hyperparameters,
    training,
    seed,
    onProgress,
  });
}

/** A model of another column would be scored on that column, and the scores of two different things compared. */
function refuseOtherAim({ manifest }: Model, { target, task }: TrialTask['plan']): void {
  if (manifest.target.name === target.name && manifest.task === task) return;
  throw new Problem(
    422,
    'aim-differs',
    `The model predicts ${manifest.target.name} by ${manifest.task}, and this job ${target.name} by ${task}.`,
  );
}
