import { readFile, writeFile } from 'node:fs/promises';
import { type Frame, Problem } from '@bellwether/contracts';
import { designModel, fitIntervals, fitModel, loadModel, type Model, saveModel } from '@bellwether/learning';
import { learnedModel, writeChannels } from '../adapters/sagemaker/channel-files.ts';
import type { FrameCache } from './last-frame.ts';
import { progressOfFits } from './progress-of-fits.ts';
import { isNeverNegative, scoresOn } from './scores-on.ts';
import { type Splits, splitsOf } from './splits.ts';
import type { FitOutcome, TrialResult, TrialTask } from './trial-task.ts';
import { type Validated, validate } from './validate.ts';

/**
 * Fits one model, or loads one, and scores it on the held-out rows. A model that is fitted is validated on the folds of
 * its training rows first; one that is hopeless on the first is given up. Runs in a worker thread.
 *
 * @param onProgress fraction done, 0 to 1
 * @param threads asked before each fit: how many it may use
 */
export async function fitTrial(
  task: TrialTask,
  frames: FrameCache,
  onProgress: (fraction: number) => void,
  threads: () => number,
): Promise<FitOutcome> {
  const { plan } = task;
  const frame = await frames.read(task.table, [...plan.inputs, plan.target]);
  const splits = splitsOf(frame, plan);
  if (task.artifact !== undefined) {
    const model = await loadModel(await readFile(task.artifact));
    refuseOtherAim(model, plan);
    return { kind: 'done', result: resultOf(model, scoresOn(model, frame, splits.holdout).metrics, splits) };
  }
  if (task.channels !== undefined || task.learned !== undefined) return await remoteTrial(task, frame);
  const progress = progressOfFits([...splits.folds.map(({ training }) => training), splits.training], onProgress);
  const options = { ...optionsOf(task), frame };
  const validation = await validate(task, frame, splits.folds, (training, held) =>
    fitModel({ ...options, training, validation: held, threads: threads(), onProgress: progress.next() }),
  );
  if (validation.kind === 'pruned') return validation;
  const settled = validation.kind === 'validated' ? { hyperparameters: validation.hyperparameters } : {};
  const model = await fitModel({
    ...options,
    ...settled,
    training: splits.training,
    threads: threads(),
    onProgress: progress.next(),
  });
  return { kind: 'done', result: await finished(task, model, frame, splits, validation) };
}

/**
 * The two ends of a trial on SageMaker: what it is to learn from, and what came of it. It has one job and so one fold,
 * whose rows are its validation channel: a job a fold would multiply the bill.
 */
async function remoteTrial(task: TrialTask, frame: Frame): Promise<FitOutcome> {
  const splits = splitsOf(frame, { ...task.plan, folds: remoteFolds });
  const [fold] = splits.folds;
  if (task.learned !== undefined) {
    const model = await learnedModel(task.learned);
    const validation = await validate(task, frame, fold === undefined ? [] : [fold], async () => model);
    return { kind: 'done', result: await finished(task, model, frame, splits, validation) };
  }
  const design = designModel({ ...optionsOf(task), frame, training: fold?.training ?? splits.training });
  if (task.channels !== undefined) writeChannels(design, frame, fold, task.channels);
  const { hyperparameters, trainedRows } = design.manifest;
  return { kind: 'done', result: { metrics: {}, hyperparameters, trainedRows, holdoutRows: splits.holdout.length } };
}

const remoteFolds = 5;

/**
 * Scores a model on the held-out rows, and learns its intervals from them: no row of theirs fitted it or chose it among
 * the others, as those of the folds did.
 */
async function finished(
  task: TrialTask,
  model: Model,
  frame: Frame,
  splits: Splits,
  validation: Validated,
): Promise<TrialResult> {
  const { metrics, rows: held } = scoresOn(model, frame, splits.holdout);
  const validated = validation.kind === 'validated' ? validation.rows : undefined;
  const nonNegative = isNeverNegative(frame, task.plan.target.name);
  const intervals = held && fitIntervals(model.manifest, { held, validated, nonNegative });
  const manifest = intervals === undefined ? model.manifest : { ...model.manifest, intervals };
  if (task.output !== undefined) await writeFile(task.output, await saveModel({ ...model, manifest }));
  const result = resultOf(model, metrics, splits);
  return validation.kind === 'validated' ? { ...result, validation: validation.means } : result;
}

function optionsOf({ plan, algorithm, hyperparameters, seed, logTarget }: TrialTask) {
  const { inputs, target, task } = plan;
  return { inputs, target, task, logTarget, algorithm, hyperparameters, seed };
}

function resultOf({ manifest }: Model, metrics: TrialResult['metrics'], { holdout }: Splits): TrialResult {
  return {
    metrics: finiteOnly(metrics),
    hyperparameters: manifest.hyperparameters,
    trainedRows: manifest.trainedRows,
    holdoutRows: holdout.length,
  };
}

/** JSON has no infinity: a message or row with one could not be read again. */
function finiteOnly(metrics: TrialResult['metrics']): TrialResult['metrics'] {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
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
