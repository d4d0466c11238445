import { Problem } from '@bellwether/contracts';

export function itemNotFound(item: string, model: string, nearest: readonly string[]): Problem {
  const known = nearest.length === 0 ? 'It knows none.' : `The nearest are ${nearest.join(', ')}.`;
  return new Problem(404, 'item-not-found', `Model ${model} knows no item ${item} with a complete period.`, {
    field: 'item',
    cure: known,
  });
}

const howToTrain = 'Aggregate a table by item and period, and train a model on what comes out.';

export function noModelOfItems(): Problem {
  return new Problem(409, 'model-without-items', 'No model predicts items yet.', { cure: howToTrain });
}

export function modelWithoutItems(model: string): Problem {
  return new Problem(409, 'model-without-items', `Model ${model} has no champion that predicts items.`, {
    field: 'model',
    cure: howToTrain,
  });
}

export function itemsNotReady(model: string): Problem {
  return new Problem(503, 'items-not-ready', `The items of model ${model} are being prepared.`, {
    cure: 'Ask again in a moment. If it stays so, the log of inference says why they cannot be computed.',
  });
}
