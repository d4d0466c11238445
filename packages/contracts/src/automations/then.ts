import { z } from 'zod';
import { EnrichmentRequest } from '../http/enrichments.ts';
import { TrainingRequest } from '../http/models.ts';
import { Name } from '../http/operation.ts';

const EnrichStep = z
  .strictObject({ kind: z.literal('enrich'), ...EnrichmentRequest.shape })
  .meta({ id: 'EnrichDataset', description: 'Derive datasets, as POST /v1/datasets/{id}/enrichments does' });

const { datasetId: _, ...trainingShape } = TrainingRequest.shape;
const TrainStep = z.strictObject({ kind: z.literal('train'), model: Name, ...trainingShape }).meta({
  id: 'TrainModel',
  description:
    'Train a model, as POST /v1/models/{name}/training-jobs does: on what `enrich` made (its train part, if it splits), else on the dataset itself',
});

const PredictStep = z
  .strictObject({
    kind: z.literal('predict'),
    model: Name.optional().meta({ description: 'Default: the one of `train`' }),
    dataset: Name.optional().meta({ description: 'Predict the newest dataset of this name' }),
    periods: z.int().min(1).max(52).optional().meta({
      description: 'Predict so many next periods of each item, by a model of items',
    }),
    name: Name.optional().meta({
      description: 'Name of the predictions; default: that of the dataset and `-predictions`',
    }),
  })
  .refine(({ dataset, periods }) => dataset === undefined || periods === undefined, 'give dataset or periods, not both')
  .meta({
    id: 'PredictNext',
    description: 'Predict by the champion; without `dataset` and `periods` the test part of `enrich`',
  });

/** One step of what an automation does. */
export const ThenStep = z.discriminatedUnion('kind', [EnrichStep, TrainStep, PredictStep]);
export type ThenStep = z.infer<typeof ThenStep>;
export type StepKind = ThenStep['kind'];

/** The order of steps; each comes once at most. */
export const stepKinds = ['enrich', 'train', 'predict'] as const satisfies readonly StepKind[];

const inOrder = (steps: readonly { readonly kind: StepKind }[]): boolean =>
  steps.every(({ kind }, place) => {
    const before = steps[place - 1];
    return before === undefined || stepKinds.indexOf(before.kind) < stepKinds.indexOf(kind);
  });

/** What an automation does, step by step. */
export const Then = z
  .array(ThenStep)
  .min(1)
  .max(stepKinds.length)
  .refine(inOrder, 'enrich, train and predict come in this order, each once at most');
export type Then = z.infer<typeof Then>;
