import { type ColumnKind, Problem } from '@bellwether/contracts';

const cures: Readonly<Partial<Record<ColumnKind, string>>> = {
  boolean: 'Send true or false, or null when it is missing.',
  timestamp: 'Send an ISO 8601 time or milliseconds since the epoch, or null when it is missing.',
  categorical: 'Send a string, or null when it is missing.',
};

/** The value as the caller would recognise it, cut when long. */
const shown = (value: unknown): string => {
  const text = typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

const plainName = /^[A-Za-z_$][\w$]*$/;

/** `instances[3].carat`, or `instances[3]["unit price"]`. */
export const fieldPath = (index: number, name: string): string =>
  plainName.test(name) ? `instances[${index}].${name}` : `instances[${index}][${JSON.stringify(name)}]`;

export const refuseValue = (field: string, name: string, kind: ColumnKind, value: unknown): Problem =>
  new Problem(422, 'value-refused', `Column "${name}" takes ${kind} values, not ${shown(value)}.`, {
    field,
    cure: cures[kind] ?? 'Send a finite number, or null when it is missing.',
  });

export const refuseLength = (index: number, given: number, names: readonly string[]): Problem =>
  new Problem(422, 'wrong-number-of-values', `The instance has ${given} values, the model takes ${names.length}.`, {
    field: `instances[${index}]`,
    cure: `Send one value for each of: ${names.join(', ')}.`,
  });

export const refuseMissingField = (index: number, name: string): Problem =>
  new Problem(422, 'field-missing', `The instance has no "${name}", which the model uses.`, {
    field: fieldPath(index, name),
    cure: `Add "${name}"; null says that it is not known.`,
  });

export const refuseUnknownField = (index: number, name: string, target: string, names: readonly string[]): Problem =>
  new Problem(422, 'field-unknown', `The model has no input "${name}".`, {
    field: fieldPath(index, name),
    cure:
      name === target
        ? `Leave out "${name}": it is what the model predicts.`
        : `Send only: ${names.join(', ')}. Names are case-sensitive.`,
  });

export const refuseInstance = (index: number): Problem =>
  new Problem(422, 'instance-refused', 'An instance is an array of values or an object by column name.', {
    field: `instances[${index}]`,
    cure: 'Send [[1, 2, …]] or [{"column": 1, …}].',
  });
