import { type Column, type Frame, Problem } from '@bellwether/contracts';
import type { Design, Hyperparameters, Learner } from '../learners/learner.ts';
import { parseHyperparameters } from '../learners/parse-hyperparameters.ts';
import { learnerOf } from '../learners/registry.ts';
import { encodeRows } from '../preprocessing/encode-frame.ts';
import type { FittedInput } from '../preprocessing/encoding.ts';
import { fitPreprocessing } from '../preprocessing/fit-preprocessing.ts';
import { fitTarget, type Label, labelIndices } from '../preprocessing/fit-target.ts';
import type { Task } from '../task.ts';
import { type Manifest, modelFormat, modelFormatVersion } from './manifest.ts';
import type { Model } from './model.ts';

export interface FitModelOptions {
  readonly frame: Frame;
  /** all columns but the target, in table order; `text` and `id-like` ones may be absent from the frame */
  readonly inputs: readonly Column[];
  readonly target: Column;
  readonly task: Task;
  readonly algorithm: string;
  /** what the user gave; defaults are filled in */
  readonly hyperparameters?: Hyperparameters;
  /** the rows to learn from; those without a target are skipped */
  readonly training: Int32Array;
  /** rows whose loss may say when to stop; those without a target, or of a label that `training` has not, are skipped */
  readonly validation?: Int32Array;
  readonly seed: number;
  /** regression: learn log(1 + target) */
  readonly logTarget?: boolean;
  /** whether timestamps are inputs; true unless given */
  readonly useTimestamps?: boolean;
  /** how many threads may work on it; the model does not depend on it */
  readonly threads?: number;
  /** takes the share of the work that is done, rising from 0 to 1 */
  readonly onProgress?: (fraction: number) => void;
}

const refuseSize = ({ algorithm, maxRows, maxClasses }: Learner, rows: number, classes: number): void => {
  if (maxRows !== undefined && rows > maxRows) {
    throw new Problem(
      422,
      'too-many-rows',
      `"${algorithm}" trains on ${maxRows} rows at most, and there are ${rows}.`,
      {
        field: 'algorithm',
        cure: 'Choose another algorithm, or train on a sample of the rows.',
      },
    );
  }
  if (maxClasses !== undefined && classes > maxClasses) {
    throw new Problem(
      422,
      'too-many-classes',
      `"${algorithm}" tells ${maxClasses} labels apart at most, and there are ${classes}.`,
      { field: 'algorithm', cure: 'Choose another algorithm, or a target of fewer labels.' },
    );
  }
};

const hyperparametersOf = ({ hyperparameters = {}, task }: FitModelOptions, learner: Learner): Hyperparameters => {
  const parsed = parseHyperparameters(learner, hyperparameters, task);
  if (parsed.ok) return parsed.value;
  const { code, detail, field, cure } = parsed;
  throw new Problem(422, code, detail, { field: `hyperparameters.${field}`, cure });
};

const refuseOptions = ({ inputs, target, task, logTarget }: FitModelOptions, { algorithm, tasks }: Learner): void => {
  if (!tasks.includes(task)) {
    throw new Problem(422, 'task-unsupported', `"${algorithm}" does not train a ${task}.`, {
      field: 'task',
      cure: `It trains: ${tasks.join(', ')}.`,
    });
  }
  if (inputs.some(({ name }) => name === target.name)) {
    throw new Problem(422, 'target-among-inputs', `"${target.name}" is the target, and cannot be an input too.`, {
      field: 'target',
      cure: 'Leave the target out of the inputs.',
    });
  }
  if (task === 'classification' && logTarget === true) {
    throw new Problem(422, 'log-target-refused', 'Labels have no logarithm.', {
      field: 'logTarget',
      cure: 'Use the logarithm of the target in a regression only.',
    });
  }
};

/** What a learner is given, and all of a model but what it then learns. */
export interface ModelDesign {
  readonly learner: Learner;
  readonly design: Design;
  readonly hyperparameters: Hyperparameters;
  readonly manifest: Manifest;
}

/** The rows that a learner may watch, encoded as those it learns from. */
const validationOf = (
  { frame, target, task, logTarget = false, validation }: FitModelOptions,
  inputs: readonly FittedInput[],
  labels: readonly Label[] | undefined,
): Pick<Design, 'validation'> => {
  if (validation === undefined) return {};
  const { rows, y } = labelled(frame, target, task, { rows: validation, logTarget, labels });
  return rows.length === 0 ? {} : { validation: { x: encodeRows(inputs, frame, rows), y } };
};

/** Values, or indices among the labels of the training rows. */
const labelled = (
  frame: Frame,
  target: Column,
  task: Task,
  { rows, logTarget, labels }: { rows: Int32Array; logTarget: boolean; labels: readonly Label[] | undefined },
): { rows: Int32Array; y: Float64Array } => {
  if (labels === undefined) return fitTarget(frame, target, task, { rows, logTarget });
  const indices = labelIndices(frame, target, labels, rows);
  const known = rows.filter(
    (_, place) => (indices[place] as number) >= 0 && (indices[place] as number) < labels.length,
  );
  return { rows: known, y: Float64Array.from(labelIndices(frame, target, labels, known)) };
};

/**
 * Fits the preprocessing on the training rows and encodes them, for a learner here or elsewhere.
 * @throws Problem as `fitModel` does
 */
export const designModel = (options: FitModelOptions): ModelDesign => {
  const { frame, target, task, algorithm, seed, logTarget = false } = options;
  const learner = learnerOf(algorithm);
  refuseOptions(options, learner);
  const hyperparameters = hyperparametersOf(options, learner);
  const { rows, y, labels } = fitTarget(frame, target, task, { rows: options.training, logTarget });
  refuseSize(learner, rows.length, labels?.length ?? 0);
  const { preparation } = learner;
  const { inputs: columns, useTimestamps = true } = options;
  const hasOrder = (labels?.length ?? 0) <= 2;
  const inputs = fitPreprocessing({
    frame,
    inputs: columns,
    rows,
    preparation,
    useTimestamps,
    ...(hasOrder ? { y } : {}),
  });
  const x = encodeRows(inputs, frame, rows);
  return {
    learner,
    design: {
      task,
      x,
      y,
      classes: labels?.length ?? 0,
      ...(labels && { labels }),
      ...(learner.settle && validationOf(options, inputs, labels)),
    },
    hyperparameters,
    manifest: {
      format: modelFormat,
      formatVersion: modelFormatVersion,
      task,
      algorithm,
      hyperparameters,
      seed,
      trainedRows: rows.length,
      inputs,
      target: {
        name: target.name,
        kind: target.kind,
        logTransformed: logTarget,
        ...(labels === undefined ? {} : { labels: [...labels] }),
      },
    },
  };
};

/**
 * Fits preprocessing and a learner on the training rows; no other row has any influence. The same options give a
 * bit-identical model.
 * @throws Problem for whatever the user can mend: `algorithm-unknown`, `task-unsupported`, `hyperparameter-unknown`, `hyperparameter-refused`, `too-few-rows`,
 *   `too-many-rows`, `too-many-classes`, `too-many-features`, `table-too-large`, `target-not-numeric`,
 *   `log-target-refused`, `column-missing`, `column-type-mismatch` and others
 */
export const fitModel = async (options: FitModelOptions): Promise<Model> => {
  const { seed, threads, onProgress = () => {} } = options;
  const { learner, design, hyperparameters, manifest } = designModel(options);
  onProgress(0);
  const parameters = await learner.fit(design, hyperparameters, {
    seed,
    onProgress,
    ...(threads === undefined ? {} : { threads }),
  });
  onProgress(1);
  return { manifest, parameters };
};
