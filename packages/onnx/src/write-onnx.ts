import { type Booster, readModel } from '@bellwether/boosting';
import { featureNames, type Label, type Model } from '@bellwether/learning';
import { type Graph, openGraph } from './graph.ts';
import { linearScores } from './linear-scores.ts';
import { exponential, identity, type Link, logistic, logisticClasses, shares, softmax } from './links.ts';
import { refuseOnnx } from './refusal.ts';
import { type ElementType, encodeOnnx, type Value } from './schema.ts';
import { treeScores } from './tree-scores.ts';

/** Name of the one input: rows of the encoded design matrix. */
export const inputName = 'features';

/** What is written, and what stands in Triton's configuration. */
export interface OnnxFile {
  readonly bytes: Uint8Array;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

const exponentials = new Set(['count:poisson', 'reg:tweedie', 'reg:gamma']);

function linkOfBooster({ objective: { name } }: Booster, classes: number): Link {
  if (classes > 2) return softmax;
  if (classes > 0) return logisticClasses(classes);
  if (exponentials.has(name)) return exponential;
  return name === 'reg:logistic' ? logistic : identity;
}

function boosterOf({ parameters }: Model): Booster {
  const file = parameters.arrays['xgboost-model'];
  if (file === undefined) throw refuseOnnx('it holds no trees');
  return readModel(file as Uint8Array);
}

function arrayOf({ parameters }: Model, name: string): Float64Array {
  const array = parameters.arrays[name];
  if (array === undefined) throw refuseOnnx(`it holds no array "${name}"`);
  return array as Float64Array;
}

/**
 * Trees compare float32. Sums of weights take float64: where large terms cancel each other, features that were rounded
 * to float32 would change a prediction in its fifth digit.
 */
const typeOfFeatures = (algorithm: string): ElementType =>
  algorithm === 'xgboost' || algorithm === 'random-forest' ? 'float' : 'double';

/** Scores, then values in the units that the model learned, or one probability a class. */
function predictionsOf(graph: Graph, model: Model, width: number, classes: number): string {
  const { algorithm } = model.manifest;
  if (algorithm === 'xgboost') {
    const booster = boosterOf(model);
    return linkOfBooster(booster, classes)(graph, treeScores(graph, booster, inputName));
  }
  if (algorithm === 'random-forest') {
    const link = classes === 0 ? identity : shares(classes);
    return link(graph, treeScores(graph, boosterOf(model), inputName));
  }
  if (algorithm === 'linear') {
    const weights = arrayOf(model, 'weights');
    const vectors = weights.length / (width + 1);
    const ofClasses = vectors === 1 && classes === 2 ? logisticClasses(2) : softmax;
    return (classes === 0 ? identity : ofClasses)(graph, linearScores(graph, weights, inputName, width));
  }
  if (algorithm === 'baseline') {
    const constant = arrayOf(model, 'constant');
    const weights = new Float64Array(constant.length * (width + 1));
    for (const [k, value] of constant.entries()) weights[k * (width + 1) + width] = value;
    return linearScores(graph, weights, inputName, width);
  }
  throw refuseOnnx(`"${algorithm}" has no form there`);
}

function typeOfLabels(labels: readonly Label[]): 'int64' | 'string' | 'bool' {
  if (labels.every((label) => typeof label === 'boolean')) return 'bool';
  return labels.every(Number.isSafeInteger) ? 'int64' : 'string';
}

function classOutputs(graph: Graph, probabilities: string, labels: readonly Label[]): readonly Value[] {
  const type = typeOfLabels(labels);
  // The lowest class in a tie, as everywhere.
  const best = graph.op('ArgMax', [probabilities], { axis: 1, keepdims: 1 });
  graph.op('Gather', [graph.constant(type, labels), best], { axis: 0 }, 'predict');
  graph.op('Cast', [probabilities], { to: 1 }, 'probabilities');
  return [
    { name: 'predict', type: type satisfies ElementType, shape: ['rows', 1] },
    { name: 'probabilities', type: 'float', shape: ['rows', labels.length] },
  ];
}

function valueOutput(graph: Graph, values: string, logTransformed: boolean): readonly Value[] {
  const inUnits = logTransformed ? graph.op('Sub', [graph.op('Exp', [values]), graph.doubles([1], [1, 1])]) : values;
  graph.op('Cast', [inUnits], { to: 1 }, 'predict');
  return [{ name: 'predict', type: 'float', shape: ['rows', 1] }];
}

/**
 * A model as ONNX. Its input `features` is the encoded design matrix, [rows, features] of float32 (trees, with NaN for
 * what is missing) or float64 (linear), with names in the metadata as `feature_names`: the preprocessing stays here.
 * Outputs: `predict` [rows, 1], in
 * the target's units or as labels (int64, bool, else string), and of classifications `probabilities` [rows, labels].
 *
 * @throws Problem `onnx-unsupported` for algorithms that have no form in ONNX here: svm, neural
 */
export function writeOnnx(model: Model): OnnxFile {
  const { inputs: columns, target, algorithm, task } = model.manifest;
  const names = featureNames(columns);
  const graph = openGraph();
  const { labels } = target;
  const predictions = predictionsOf(graph, model, names.length, labels?.length ?? 0);
  const outputs =
    labels === undefined
      ? valueOutput(graph, predictions, target.logTransformed)
      : classOutputs(graph, predictions, labels);
  const inputs: readonly Value[] = [
    { name: inputName, type: typeOfFeatures(algorithm), shape: ['rows', names.length] },
  ];
  const metadata = {
    task,
    algorithm,
    target: target.name,
    feature_names: JSON.stringify(names),
    ...(labels === undefined ? {} : { labels: JSON.stringify(labels) }),
  };
  const { nodes, initializers } = graph;
  return { bytes: encodeOnnx({ name: 'model', nodes, initializers, inputs, outputs, metadata }), inputs, outputs };
}
