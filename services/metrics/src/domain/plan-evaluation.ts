import { type Column, type EvaluationRequest, Problem, type Roles } from '@bellwether/contracts';
import type { PredictionTable } from '@bellwether/database';
import { nearestNames } from '@bellwether/datasets';
import type { EvaluationPlan } from './evaluation-plan.ts';

export interface EvaluatedTable {
  readonly id: string;
  readonly schema: readonly Column[];
  readonly roles: Roles;
  readonly rows: number;
}

export interface TablesToEvaluate {
  readonly predictions: EvaluatedTable;
  /** the same table when it has both */
  readonly actuals: EvaluatedTable;
  /** how the predictions were made, when we made them */
  readonly origin?: PredictionTable | undefined;
}

/** Ties a test row to its actual value, as a split writes it. */
const usualRowId = 'row_id';
/** As a batch prediction calls its column where nothing is in the way. */
const usualPrediction = 'prediction';

/**
 * Decides what is compared with what.
 *
 * @throws Problem `column-missing`, `column-not-numeric`, `rows-differ`, `value-missing`
 */
export function planEvaluation(
  request: EvaluationRequest,
  tables: TablesToEvaluate,
  evaluationId: string,
): EvaluationPlan {
  const { predictions, actuals, origin } = tables;
  const predicted = predictionColumn(request, tables);
  const actual = actualColumn(request, tables, predicted.name);
  const rowId = rowIdOf(request, tables);
  const task = request.task ?? origin?.task ?? (areNumbers(predicted, actual) ? 'regression' : 'classification');
  if (task === 'regression') requireNumbers(predicted, actual);
  requireValues(predicted, 'predictionColumn');
  requireValues(actual, 'column');
  if (rowId === undefined) requireSameRows(predictions, actuals);
  const isOurs = origin !== undefined && origin.prediction_column === predicted.name;
  return {
    evaluationId,
    predictionsId: predictions.id,
    actualsId: actuals.id,
    task,
    column: actual.name,
    predictionColumn: predicted.name,
    ...(rowId === undefined ? {} : { rowId }),
    probabilities: isOurs && task === 'classification' ? JSON.parse(origin.probabilities) : [],
    ...(isOurs ? { model: origin.model, version: origin.version } : {}),
  };
}

function predictionColumn(request: EvaluationRequest, { predictions, origin }: TablesToEvaluate): Column {
  const name = request.predictionColumn ?? origin?.prediction_column ?? usualPrediction;
  return columnOf(predictions, name, 'predictionColumn');
}

function actualColumn(request: EvaluationRequest, tables: TablesToEvaluate, predicted: string): Column {
  const { actuals, predictions, origin } = tables;
  if (request.column !== undefined) return columnOf(actuals, request.column, 'column');
  const isSame = actuals.id === predictions.id;
  const has = (name: string | undefined) =>
    actuals.schema.find((column) => column.name === name && !(isSame && name === predicted));
  // In a table of both, the last column is the prediction or one of its probabilities.
  const last = isSame ? undefined : actuals.schema.findLast(({ name }) => name !== usualRowId);
  const column = has(origin?.target) ?? has(actuals.roles.target) ?? last;
  if (column !== undefined) return column;
  throw new Problem(
    422,
    'column-missing',
    `Dataset ${actuals.id} has no role target that says which values are real.`,
    {
      field: 'column',
      cure: 'Name the column of the actual values.',
    },
  );
}

function rowIdOf({ rowId }: EvaluationRequest, { predictions, actuals }: TablesToEvaluate): string | undefined {
  if (predictions.id === actuals.id) return undefined;
  if (rowId !== undefined) {
    for (const table of [predictions, actuals]) columnOf(table, rowId, 'rowId');
    return rowId;
  }
  const haveIt = [predictions, actuals].every(({ schema }) => schema.some(({ name }) => name === usualRowId));
  return haveIt ? usualRowId : undefined;
}

function columnOf({ id, schema }: EvaluatedTable, name: string, field: string): Column {
  const column = schema.find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  const nearest = nearestNames(
    name,
    schema.map((each) => each.name),
  );
  throw new Problem(422, 'column-missing', `Dataset ${id} has no column ${name}.`, {
    field,
    cure: `Name one of its columns; the nearest are ${nearest.join(', ')}.`,
  });
}

const areNumbers = (...columns: readonly Column[]): boolean =>
  columns.every(({ kind }) => kind === 'numeric' || kind === 'integer');

/** Whether what looks like ids is stored as numbers, only the table knows. */
const mayBeNumbers = (column: Column): boolean => areNumbers(column) || column.kind === 'id-like';

function requireNumbers(predicted: Column, actual: Column): void {
  for (const [column, field] of [
    [predicted, 'predictionColumn'],
    [actual, 'column'],
  ] as const) {
    if (mayBeNumbers(column)) continue;
    throw new Problem(
      422,
      'column-not-numeric',
      `Column ${column.name} is ${column.kind}, and a regression has numbers.`,
      {
        field,
        cure: 'Name a numeric column, or evaluate the task classification.',
      },
    );
  }
}

function requireValues({ name, nullable }: Column, field: string): void {
  if (!nullable) return;
  throw new Problem(422, 'value-missing', `Column ${name} has rows without a value.`, {
    field,
    cure: 'Fill them in, or leave these rows out of both tables.',
  });
}

function requireSameRows(predictions: EvaluatedTable, actuals: EvaluatedTable): void {
  if (predictions.rows === actuals.rows) return;
  const detail = `There are ${predictions.rows} predictions and ${actuals.rows} actual values.`;
  throw new Problem(422, 'rows-differ', detail, {
    field: 'actualsId',
    cure: 'Give as many of each in the same order, or name a column that identifies a row in both as rowId.',
  });
}
