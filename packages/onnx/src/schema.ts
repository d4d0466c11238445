import protobuf from 'protobufjs/light.js';

const field = (type: string, id: number) => ({ type, id });
const list = (type: string, id: number) => ({ rule: 'repeated', type, id });
const packed = (type: string, id: number) => ({ rule: 'repeated', type, id, options: { packed: true } });

/**
 * The messages of ONNX that models here are made of, with the field numbers of its schema:
 * https://github.com/onnx/onnx/blob/main/onnx/onnx-ml.proto
 */
const root = protobuf.Root.fromJSON({
  nested: {
    ModelProto: {
      fields: {
        irVersion: field('int64', 1),
        producerName: field('string', 2),
        docString: field('string', 6),
        graph: field('GraphProto', 7),
        opsetImport: list('OperatorSetIdProto', 8),
        metadataProps: list('StringStringEntryProto', 14),
      },
    },
    OperatorSetIdProto: { fields: { domain: field('string', 1), version: field('int64', 2) } },
    StringStringEntryProto: { fields: { key: field('string', 1), value: field('string', 2) } },
    GraphProto: {
      fields: {
        node: list('NodeProto', 1),
        name: field('string', 2),
        initializer: list('TensorProto', 5),
        input: list('ValueInfoProto', 11),
        output: list('ValueInfoProto', 12),
      },
    },
    NodeProto: {
      fields: {
        input: list('string', 1),
        output: list('string', 2),
        name: field('string', 3),
        opType: field('string', 4),
        attribute: list('AttributeProto', 5),
        domain: field('string', 7),
      },
    },
    AttributeProto: {
      fields: {
        name: field('string', 1),
        i: field('int64', 3),
        s: field('bytes', 4),
        floats: packed('float', 7),
        ints: packed('int64', 8),
        strings: list('bytes', 9),
        type: field('int32', 20),
      },
    },
    TensorProto: {
      fields: {
        dims: packed('int64', 1),
        dataType: field('int32', 2),
        int32Data: packed('int32', 5),
        stringData: list('bytes', 6),
        int64Data: packed('int64', 7),
        name: field('string', 8),
        doubleData: packed('double', 10),
      },
    },
    ValueInfoProto: { fields: { name: field('string', 1), type: field('TypeProto', 2) } },
    TypeProto: { fields: { tensorType: field('TensorTypeProto', 1) } },
    TensorTypeProto: { fields: { elemType: field('int32', 1), shape: field('TensorShapeProto', 2) } },
    TensorShapeProto: { fields: { dim: list('DimensionProto', 1) } },
    DimensionProto: { fields: { dimValue: field('int64', 1), dimParam: field('string', 2) } },
  },
});

/** ONNX's numbers of element types. */
export const elementTypes = { float: 1, int64: 7, string: 8, bool: 9, double: 11 } as const;
export type ElementType = keyof typeof elementTypes;

export interface AttributeProto {
  readonly name: string;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly floats?: ArrayLike<number>;
  readonly ints?: ArrayLike<number>;
  readonly strings?: readonly Uint8Array[];
  readonly type: number;
}

export interface NodeProto {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  readonly attribute: readonly AttributeProto[];
  readonly domain: string;
}

export interface TensorProto {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly int32Data?: ArrayLike<number>;
  readonly int64Data?: ArrayLike<number>;
  readonly doubleData?: ArrayLike<number>;
  readonly stringData?: readonly Uint8Array[];
}

/** A tensor's name, type and shape, where a text stands for any size. */
export interface Value {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

export interface OnnxModel {
  readonly name: string;
  readonly nodes: readonly NodeProto[];
  readonly initializers: readonly TensorProto[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly metadata: Readonly<Record<string, string>>;
}

const valueInfo = ({ name, type, shape }: Value) => ({
  name,
  type: {
    tensorType: {
      elemType: elementTypes[type],
      shape: { dim: shape.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size })) },
    },
  },
});

/** Operators of 2021 and 2022: servers that are some years old load them too. */
const opsets = [
  { domain: '', version: 15 },
  { domain: 'ai.onnx.ml', version: 3 },
];

/** The model's bytes. The same model gives the same bytes. */
export function encodeOnnx({ name, nodes, initializers, inputs, outputs, metadata }: OnnxModel): Uint8Array {
  const type = root.lookupType('ModelProto');
  const message = {
    irVersion: 8,
    producerName: 'bellwether',
    graph: {
      name,
      node: nodes,
      initializer: initializers,
      input: inputs.map(valueInfo),
      output: outputs.map(valueInfo),
    },
    opsetImport: opsets,
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  };
  return type.encode(message).finish();
}
