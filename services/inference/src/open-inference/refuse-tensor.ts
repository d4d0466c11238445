import { Problem } from '@bellwether/contracts';

/** A request whose tensors are not what the protocol or the model says: 400, as the protocol has it. */
export function refuseTensor(detail: string, cure: string, field?: string): Problem {
  return new Problem(400, 'tensor-refused', detail, { cure, ...(field === undefined ? {} : { field }) });
}

const cellOfInstance = /^instances\[(\d+)\]\[(\d+)\]$/;

/**
 * What the predictor refused, in words of tensors: it names `instances[3][0]`, and the caller sent columns.
 *
 * @param names of the columns, in the order of the instances' values
 */
export function inWordsOfTensors(error: unknown, names: readonly string[]): unknown {
  if (!(error instanceof Problem) || error.options.field === undefined) return error;
  const cell = cellOfInstance.exec(error.options.field);
  if (cell === null) return error;
  const field = `element ${cell[1]} of "${names[Number(cell[2])]}"`;
  const cure = error.options.cure ?? 'Send a value of the kind that GET /v2/models/{name} says.';
  return new Problem(400, error.code, `${error.message.replace(/\.$/, '')} (${field}).`, { cure, field });
}
