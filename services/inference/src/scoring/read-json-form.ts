import { isUtf8 } from 'node:buffer';
import { refuseScoring } from './refuse-scoring.ts';
import { checkRows, type Inputs, rowsByName, rowsByPlace, rowsOfRecords, type ScoredRows } from './scored-rows.ts';

const forms = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const;
const oneOf = `Send an object with one of: ${forms.join(', ')}.`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Rows of a JSON request of MLflow's scoring server.
 *
 * @throws Problem `scoring-refused`
 */
export function readJsonForm(bytes: Buffer, inputs: Inputs): ScoredRows {
  const json = parse(bytes);
  if (!isObject(json)) throw refuseScoring('The request is no object.', oneOf);
  const given = forms.filter((form) => Object.hasOwn(json, form));
  const [form] = given;
  if (form === undefined || given.length > 1) {
    const has = form === undefined ? 'none of its forms' : given.join(' and ');
    throw refuseScoring(`The request has ${has}.`, oneOf);
  }
  if (form === 'dataframe_split') return readSplit(json[form], inputs);
  if (form === 'inputs' && isObject(json[form])) return readColumns(json[form], inputs);
  return readRows(json[form], inputs, form);
}

function parse(bytes: Buffer): unknown {
  try {
    if (!isUtf8(bytes)) throw new SyntaxError('it is not UTF-8');
    return JSON.parse(bytes.toString());
  } catch (error) {
    const cure = 'A missing value is null; NaN is no JSON.';
    throw refuseScoring(`The request is not JSON: ${(error as Error).message}.`, cure);
  }
}

/** pandas’ `to_dict(orient="split")`; its index says nothing to a model. */
function readSplit(split: unknown, inputs: Inputs): ScoredRows {
  const { columns, data } = isObject(split) ? split : {};
  if (!Array.isArray(data)) {
    throw refuseScoring('dataframe_split has no data.', 'Send {"columns": […], "data": [[…], …]}.', 'dataframe_split');
  }
  const place = 'dataframe_split.data';
  if (columns === undefined) return rowsByPlace(data, inputs, place);
  if (Array.isArray(columns) && columns.every((name) => typeof name === 'string')) {
    return rowsByName(columns, data, inputs, place);
  }
  throw refuseScoring('The columns are no names.', 'Send the names of columns as texts.', 'dataframe_split.columns');
}

/** All objects by column name, or all values by place. */
function readRows(rows: unknown, inputs: Inputs, place: string): ScoredRows {
  if (!Array.isArray(rows)) throw refuseScoring(`${place} is no array of rows.`, 'Send [{…}, …] or [[…], …].', place);
  if (rows.length > 0 && rows.every(isObject)) return rowsOfRecords(rows, inputs, place);
  if (place !== 'dataframe_records' && !rows.some(isObject)) return rowsByPlace(rows, inputs, place);
  checkRows(rows, place);
  throw refuseScoring(`${place} holds other things than objects.`, 'Send [{"column": value, …}, …].', place);
}

/** Arrays of values by column name. */
function readColumns(columns: Readonly<Record<string, unknown>>, inputs: Inputs): ScoredRows {
  const names = inputs.map(({ name }) => name).filter((name) => Object.hasOwn(columns, name));
  // A tensor of one column is [rows] or [rows, 1].
  const values = names.map((name) => [columns[name]].flat(2));
  const rows = values[0]?.length ?? 0;
  const other = values.findIndex(({ length }) => length !== rows);
  if (other >= 0) {
    throw refuseScoring(
      `inputs.${names[other]} has ${values[other]?.length} values, and inputs.${names[0]} has ${rows}.`,
      'Give each column one value a row, null where it is not known.',
      `inputs.${names[other]}`,
    );
  }
  const table = Array.from({ length: rows }, (_, row) => values.map((column) => column[row]));
  return rowsByName(names, table, inputs, 'inputs');
}
