import { type BatchPredictionRequest, type Column, Problem, type Roles } from '@bellwether/contracts';
import { defaultLimits, nearestNames } from '@bellwether/datasets';
import type { LoadedVersion } from '../models/loaded-models.ts';
import { mostProbabilityColumns, nameAddedColumns } from './added-columns.ts';
import type { BatchPlan } from './batch-plan.ts';

export interface TableToPredict {
  readonly id: string;
  readonly name: string;
  readonly schema: readonly Column[];
  readonly roles: Roles;
}

/** as the contract's `Name` has it */
const longestName = 100;

/**
 * Plans the prediction of all rows of a dataset by a version.
 *
 * @throws Problem `column-missing`, `too-many-columns`, `interval-unsupported`, `coverage-unavailable`
 */
export function planPrediction(
  loaded: Pick<LoadedVersion, 'version' | 'task' | 'target' | 'inputs' | 'predictor'>,
  table: TableToPredict,
  request: BatchPredictionRequest,
  datasetId: string,
): BatchPlan {
  const { version, task, target } = loaded;
  const { interval: coverage } = request;
  if (coverage !== undefined) loaded.predictor.intervals(coverage);
  const names = table.schema.map(({ name }) => name);
  const inputs = loaded.inputs.filter(({ used }) => used).map((input) => columnToRead(input, table));
  const least = coverage === undefined ? 1 : 3;
  if (names.length + least > defaultLimits.columns) {
    const detail = `Dataset ${table.id} has ${names.length} columns, and a table has ${defaultLimits.columns} at most.`;
    throw new Problem(422, 'too-many-columns', detail, { field: 'datasetId', cure: 'Leave out a column first.' });
  }
  const labels = labelsToScore(loaded, defaultLimits.columns - names.length - 1);
  const suffix = '-predictions';
  return {
    version,
    task,
    target,
    inputs,
    datasetId,
    name: request.name ?? `${table.name.slice(0, longestName - suffix.length)}${suffix}`,
    roles: table.roles,
    ...nameAddedColumns(names, labels, coverage),
  };
}

function columnToRead({ name, kind }: LoadedVersion['inputs'][number], { id, schema }: TableToPredict): Column {
  const column = schema.find((candidate) => candidate.name === name);
  if (column === undefined) {
    const names = schema.map((each) => each.name);
    throw new Problem(422, 'column-missing', `Dataset ${id} has no column ${name}, which the model takes.`, {
      field: 'datasetId',
      cure: `Add it, empty where it is not known. The nearest names are ${nearestNames(name, names).join(', ')}.`,
    });
  }
  // The model knows truth values as the words that it was trained on.
  return column.kind === 'boolean' && kind === 'categorical' ? { ...column, kind } : column;
}

/** Asked with no rows: whether there are probabilities is the learner's to say. */
function labelsToScore(
  { predictor }: Pick<LoadedVersion, 'predictor'>,
  room: number,
): BatchPlan['probabilities'][number]['label'][] {
  const { labels = [] } = predictor;
  const hasProbabilities = predictor.predict([]).probabilities !== undefined;
  return hasProbabilities && labels.length <= Math.min(mostProbabilityColumns, room) ? [...labels] : [];
}
