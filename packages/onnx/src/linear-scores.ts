import type { Graph } from './graph.ts';

/**
 * Scores of linear functions of the features: one column a vector of `weights`, each of which ends with its intercept.
 */
export function linearScores(graph: Graph, weights: Float64Array, features: string, width: number): string {
  const vectors = weights.length / (width + 1);
  // Transposed: a row of features times a column of weights.
  const matrix = new Float64Array(width * vectors);
  const intercepts = new Float64Array(vectors);
  for (let k = 0; k < vectors; k++) {
    intercepts[k] = weights[k * (width + 1) + width] as number;
    for (let i = 0; i < width; i++) matrix[i * vectors + k] = weights[k * (width + 1) + i] as number;
  }
  const products = graph.op('MatMul', [features, graph.doubles(matrix, [width, vectors])]);
  return graph.op('Add', [products, graph.doubles(intercepts, [1, vectors])]);
}
