import { Problem } from '@bellwether/contracts';

export function modelNotFound(model: string): Problem {
  return new Problem(404, 'model-not-found', `There is no model ${model}.`, {
    field: 'name',
    cure: 'List what there is with GET /v1/models, or train one.',
  });
}

export function notTrained(model: string): Problem {
  return new Problem(409, 'model-not-trained', `Model ${model} has no trained version yet.`, {
    cure: 'Train it first, and wait until its job has succeeded.',
  });
}

export function versionNotFound(model: string, version: number): Problem {
  return new Problem(404, 'version-not-found', `Model ${model} has no version ${version}.`, {
    field: 'version',
    cure: `List its versions with GET /v1/models/${model}/versions.`,
  });
}

/** Ours, not the caller's: 500. */
export function unreadable(model: string, version: number, detail: string): Problem {
  return new Problem(500, 'model-unreadable', `Version ${version} of model ${model} cannot be loaded: ${detail}`, {
    cure: `Promote another version with PUT /v1/models/${model}/champion, or train the model again.`,
  });
}

export function unexplained(model: string, version: number): Problem {
  return new Problem(422, 'explanation-unsupported', `Version ${version} of model ${model} cannot explain itself.`, {
    field: 'explain',
    cure: 'Leave `explain` out, or ask a version of another algorithm.',
  });
}
