import { expect, test } from '@jest/globals';
import { modelCase, modelCases } from '../../test/oracle.ts';
import { wavyTable } from '../../test/tables.ts';
import type { Parameters } from '../training/parameters.ts';
import { trainBooster } from '../training/train-booster.ts';
import { readModel } from './read-model.ts';
import { readUbjson } from './read-ubjson.ts';
import { writeModel } from './write-model.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

const refused = (detail: RegExp) =>
  expect.objectContaining({ status: 422, code: 'booster-refused', message: expect.stringMatching(detail) });

test.each(modelCases.map(({ name }) => name))('a model that was read is written and read the same: %s', (name) => {
  const booster = readModel(modelCase(name).bytes);
  expect(readModel(writeModel(booster, 'ubjson'))).toEqual(booster);
  expect(readModel(writeModel(booster, 'json'))).toEqual(booster);
});

test('JSON and UBJSON of the same model are read as the same', () => {
  expect(readModel(modelCase('squared error as JSON').bytes).trees[0]).toMatchObject({ left: expect.any(Int32Array) });
  const { objective } = readModel(modelCase('logistic as JSON').bytes);
  expect(objective).toEqual(readModel(modelCase('logistic').bytes).objective);
});

test.each<[string, Partial<Parameters>]>([
  ['squared error', {}],
  ['classes', { objective: 'multi:softprob', num_class: 3 }],
  ['shares of classes', { num_class: 3, num_parallel_tree: 4, sampling_method: 'poisson', num_round: 1 }],
  ['quantiles', { objective: 'reg:quantileerror', quantile_alpha: [0.2, 0.7] }],
])('a trained model is read as it was written, and written as it was read: %s', async (_name, parameters) => {
  const { x, y } = wavyTable(200, 4);
  const target = (parameters.num_class ?? 0) > 0 ? y.map((_, row) => row % 3) : y;
  const booster = await trainBooster({ x, y: target, parameters: { num_round: 3, ...parameters } });
  const bytes = writeModel(booster);
  expect(readModel(bytes)).toEqual(booster);
  expect(writeModel(readModel(bytes))).toEqual(bytes);
});

test('the rounds and the best one of early stopping are kept', () => {
  const { bytes, attributes } = modelCase('early stopping');
  const booster = readModel(bytes);
  expect(booster.attributes).toEqual(attributes);
  expect(Number(booster.attributes.best_iteration)).toBe(booster.rounds.length - 1 - 4);
  const forest = readModel(modelCase('forest').bytes);
  expect(Array.from(forest.rounds)).toEqual([0, 3, 6]);
  expect(forest.parallelTrees).toBe(3);
});

test('floats in JSON have a point or an exponent, or XGBoost took them for integers', async () => {
  const { x, y } = wavyTable(50, 4);
  const booster = await trainBooster({ x, y: y.map(Math.round), parameters: { num_round: 1, base_score: 3 } });
  const written = new TextDecoder().decode(writeModel(booster, 'json'));
  expect(written).toContain('"base_score":"3E+0"');
  expect(/"sum_hessian":\[([^\]]*)\]/.exec(written)?.[1]).toMatch(/^\d+\.\d+(,\d+\.\d+)*$/);
});

test.each<[string, Uint8Array, RegExp]>([
  ['nothing', new Uint8Array(), /empty/],
  ['the old binary format', text('binf\u0000\u0000'), /old binary/],
  ['the old binary format without its name', new Uint8Array([0, 0, 0, 63, 1, 0, 0, 0]), /old binary/],
  ['a pickle', new Uint8Array([0x80, 4, 0x95]), /pickle/],
  ['an archive', new Uint8Array([0x1f, 0x8b, 8]), /compressed/],
  ['broken JSON', text('{"learner": '), /JSON/],
  ['other JSON', text('{"version": [3, 2, 0]}'), /learner is missing/],
  ['deep JSON', text(`{"learner":${'['.repeat(1e6)}`), /JSON/],
  ['deep UBJSON', text(`{${'i\u0001a{'.repeat(100)}`), /nested/],
  ['UBJSON of an endless list', text('{i\u0001a[#L\u0000\u0000\u007f\u007f\u007f\u007f\u007f\u007fZZ'), /cut off/],
  ['UBJSON of an endless array', text('{i\u0001a[$d#L\u0000\u0000\u007f\u007f\u007f\u007f\u007f\u007f'), /cut off/],
  [
    'UBJSON of an array of nothing',
    text('{i\u0001a[$Z#L\u0000\u0000\u0000\u0000\u007f\u007f\u007f\u007f}'),
    /no numbers/,
  ],
])('%s is refused, with what to do', (_name, bytes, detail) => {
  expect(() => readModel(bytes)).toThrow(refused(detail));
});

test('every model that is cut off is refused', () => {
  const { bytes } = modelCase('softprob');
  for (let length = 0; length < bytes.length; length += 97) {
    expect(() => readModel(bytes.subarray(0, length))).toThrow(refused(/./));
  }
});

/** A model as JSON with something changed. */
// biome-ignore lint/suspicious/noExplicitAny: a document of any form
const changed = (change: (learner: any) => void): Uint8Array => {
  const document = JSON.parse(new TextDecoder().decode(modelCase('squared error as JSON').bytes));
  change(document.learner);
  return text(JSON.stringify(document));
};
// biome-ignore lint/suspicious/noExplicitAny: a document of any form
const firstTree = (change: (tree: any) => void) => (learner: any) => change(learner.gradient_booster.model.trees[0]);

// biome-ignore lint/suspicious/noExplicitAny: a document of any form
test.each<[string, (learner: any) => void, RegExp]>([
  [
    'a linear booster',
    (learner) => {
      learner.gradient_booster.name = 'gblinear';
    },
    /gblinear/,
  ],
  [
    'an objective of someone',
    (learner) => {
      learner.objective.name = 'mine';
    },
    /objective/,
  ],
  [
    'too many features',
    (learner) => {
      learner.learner_model_param.num_feature = '1e12';
    },
    /num_feature/,
  ],
  [
    'too many classes',
    (learner) => {
      learner.learner_model_param.num_class = '4294967296';
    },
    /num_class/,
  ],
  [
    'no base score',
    (learner) => {
      learner.learner_model_param.base_score = 'x';
    },
    /base score/,
  ],
  [
    'a tree of no group',
    (learner) => {
      learner.gradient_booster.model.tree_info[0] = 9;
    },
    /belongs to no output/,
  ],
  [
    'a tree less',
    (learner) => {
      learner.gradient_booster.model.trees.pop();
    },
    /trees than it says/,
  ],
  [
    'rounds beyond its trees',
    (learner) => {
      learner.gradient_booster.model.iteration_indptr = [0, 99];
    },
    /rounds/,
  ],
  [
    'a circle',
    firstTree((tree) => {
      tree.left_children[1] = 0;
      tree.right_children[1] = 2;
    }),
    /no such child/,
  ],
  [
    'a child of two',
    firstTree((tree) => {
      tree.left_children[1] = tree.left_children[2];
    }),
    /two parents/,
  ],
  [
    'a child that is not there',
    firstTree((tree) => {
      tree.left_children[0] = 1e9;
    }),
    /no such child/,
  ],
  [
    'a feature that is not there',
    firstTree((tree) => {
      tree.split_indices[0] = 4;
    }),
    /splits feature/,
  ],
  [
    'values that are not there',
    firstTree((tree) => {
      tree.split_conditions.pop();
    }),
    /split_conditions/,
  ],
  [
    'a value that is none',
    firstTree((tree) => {
      tree.split_conditions[0] = 1e300;
    }),
    /finite/,
  ],
  [
    'leaves of several values',
    firstTree((tree) => {
      tree.tree_param.size_leaf_vector = '3';
    }),
    /several values/,
  ],
  [
    'no nodes',
    firstTree((tree) => {
      tree.left_children = [];
    }),
    /no nodes/,
  ],
])('a model with %s is refused', (_name, change, detail) => {
  expect(() => readModel(changed(change))).toThrow(refused(detail));
});

test('bytes changed at random are refused or read, and what is read predicts', () => {
  const { bytes } = modelCase('softprob');
  let refusals = 0;
  for (let i = 0; i < 400; i++) {
    const damaged = bytes.slice();
    damaged[(i * 7919) % bytes.length] = (i * 31) % 256;
    try {
      expect(readModel(damaged).groups).toBeGreaterThan(0);
    } catch (error) {
      expect(error).toEqual(refused(/./));
      refusals++;
    }
  }
  expect(refusals).toBeGreaterThan(50);
});

test('a key that means something to JavaScript is a key like any other', () => {
  const document = readUbjson(text('{i\u0009__proto__S i\u0001x}'.replace('S i', 'Si'))) as object;
  expect(Object.keys(document)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(document)).toBe(Object.prototype);
});
