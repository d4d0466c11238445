import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Frame } from '@bellwether/contracts';
import {
  type Design,
  encodeRows,
  Manifest,
  type Model,
  type ModelDesign,
  type Split,
  truthOf,
} from '@bellwether/learning';
import { channelLines, modelFile, modelOfArchive } from '@bellwether/sagemaker';
import { z } from 'zod';
import { trainingOrder } from './training-order.ts';

/** Local files that a trial's thread writes before its job on SageMaker. */
export interface ChannelFiles {
  readonly train: string;
  readonly validation: string;
  readonly prepared: string;
}

/** Local files that a trial's thread reads after it. */
export interface LearnedFiles {
  readonly prepared: string;
  /** SageMaker's `model.tar.gz` */
  readonly model: string;
}

/** What is known of a trial before its job, kept until the job's artifact is read. */
export const Prepared = z.strictObject({
  manifest: Manifest,
  /** hyperparameters of the job */
  order: z.record(z.string(), z.string()),
  /** rows of the validation channel; there is none without */
  validationRows: z.int().nonnegative(),
});
export type Prepared = z.infer<typeof Prepared>;

/**
 * Writes a trial's channels with the preprocessing that was fitted on its training rows. Runs in a worker thread.
 *
 * @param fold the rows that train, and those that validate; none when the table is too small
 */
export function writeChannels(design: ModelDesign, frame: Frame, fold: Split | undefined, files: ChannelFiles): void {
  writeChannel(files.train, design.design);
  const validation = fold === undefined ? undefined : validationDesign(design, frame, fold.holdout);
  if (validation !== undefined) writeChannel(files.validation, validation);
  const prepared: Prepared = {
    manifest: design.manifest,
    order: trainingOrder(design),
    validationRows: validation?.x.rows ?? 0,
  };
  writeFileSync(files.prepared, JSON.stringify(prepared));
}

/** It blocks, as worker threads may. */
function writeChannel(path: string, { x, y }: Pick<Design, 'x' | 'y'>): void {
  const file = openSync(path, 'w');
  try {
    for (const chunk of channelLines(x, y)) writeSync(file, chunk);
  } finally {
    closeSync(file);
  }
}

/** The validating rows as the learner would see them; without those whose label training has not. */
function validationDesign(
  { design, manifest }: ModelDesign,
  frame: Frame,
  holdout: Int32Array,
): Pick<Design, 'x' | 'y'> | undefined {
  const truth = truthOf(manifest, frame, holdout);
  const known = (label: number) => design.task === 'regression' || (label >= 0 && label < design.classes);
  const kept = Array.from(truth, known);
  const rows = holdout.filter((_, index) => kept[index]);
  if (rows.length === 0) return undefined;
  const values = Float64Array.from(truth).filter((_, index) => kept[index]);
  const y = manifest.target.logTransformed ? values.map(Math.log1p) : values;
  return { x: encodeRows(manifest.inputs, frame, rows), y };
}

/**
 * The model of a job that is done: what it learned, under the manifest that was prepared for it.
 *
 * @throws Problem `sagemaker-artifact` when the archive holds no model
 */
export async function learnedModel(files: LearnedFiles): Promise<Model> {
  const { manifest } = Prepared.parse(JSON.parse(await readFile(files.prepared, 'utf8')));
  const bytes = await modelOfArchive(await readFile(files.model));
  return { manifest, parameters: { values: {}, arrays: { [modelFile]: bytes } } };
}
