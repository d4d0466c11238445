import type { Graph } from './graph.ts';

/** Turns the scores of an algorithm into values or probabilities, all of them float64. */
export type Link = (graph: Graph, scores: string) => string;

const one = (graph: Graph): string => graph.doubles([1], [1, 1]);

/** One probability of the second class as those of both; of a single class only its own is left. */
const bothClasses = (graph: Graph, second: string, classes: number): string => {
  const first = graph.op('Sub', [one(graph), second]);
  return classes === 1 ? first : graph.op('Concat', [first, second], { axis: 1 });
};

export const identity: Link = (_, scores) => scores;
export const exponential: Link = (graph, scores) => graph.op('Exp', [scores]);
export const logistic: Link = (graph, scores) => graph.op('Sigmoid', [scores]);
export const softmax: Link = (graph, scores) => graph.op('Softmax', [scores], { axis: 1 });

export const logisticClasses =
  (classes: number): Link =>
  (graph, scores) =>
    bothClasses(graph, logistic(graph, scores), classes);

/** Shares of a forest's leaves: of two classes that of the second, of more one a class, scaled to add up to 1. */
export const shares =
  (classes: number): Link =>
  (graph, scores) => {
    const zero = graph.doubles([0], []);
    if (classes <= 2) return bothClasses(graph, graph.op('Clip', [scores, zero, graph.doubles([1], [])]), classes);
    const sum = graph.op('ReduceSum', [scores, graph.constant('int64', [1])], { keepdims: 1 });
    const isPositive = graph.op('Greater', [sum, zero]);
    const scaled = graph.op('Div', [scores, sum]);
    return graph.op('Where', [isPositive, scaled, graph.doubles([1 / classes], [1, 1])]);
  };
