import { Problem } from '@bellwether/contracts';

/** A request that is in none of the forms, or in one of them wrongly: 400, as MLflow has it. */
export function refuseScoring(detail: string, cure: string, field?: string): Problem {
  return new Problem(400, 'scoring-refused', detail, { cure, ...(field === undefined ? {} : { field }) });
}

/**
 * What the predictor refused, in words of the request: it names `instances[3].carat`, and the caller sent the rows under
 * another name.
 *
 * @param place of the rows, such as `dataframe_split.data`
 */
export function inWordsOfScoring(error: unknown, place: string): unknown {
  if (!(error instanceof Problem) || error.options.field === undefined) return error;
  const { field, ...options } = error.options;
  return new Problem(error.status, error.code, error.message, {
    ...options,
    field: field.replace(/^instances(?=\[)/, () => place),
  });
}
