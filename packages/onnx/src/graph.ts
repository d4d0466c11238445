import { type AttributeProto, type ElementType, elementTypes, type NodeProto, type TensorProto } from './schema.ts';

const text = new TextEncoder();

/** What an operator is given besides tensors: a number is an integer, as all of those here are. */
export type Attributes = Readonly<Record<string, number | string | Float32Array | Int32Array | readonly string[]>>;

/** Grows a graph, operator by operator; tensors are known by their names. */
export interface Graph {
  /** Adds an operator of one output, and returns the output's name: `name`, or one that nothing else has. */
  op(opType: string, inputs: readonly string[], attributes?: Attributes, name?: string): string;
  /** Adds an operator of the domain `ai.onnx.ml`. */
  mlOp(opType: string, inputs: readonly string[], attributes: Attributes): string;
  doubles(values: ArrayLike<number>, shape: readonly number[]): string;
  constant(type: 'int64' | 'string' | 'bool', values: readonly (number | string | boolean)[]): string;
  readonly nodes: readonly NodeProto[];
  readonly initializers: readonly TensorProto[];
}

function attributeOf([name, value]: [string, Attributes[string]]): AttributeProto {
  if (typeof value === 'number') return { name, i: value, type: 2 };
  if (typeof value === 'string') return { name, s: text.encode(value), type: 3 };
  if (Array.isArray(value)) return { name, strings: value.map((each) => text.encode(each)), type: 8 };
  const numbers = value as Float32Array | Int32Array;
  // `instanceof` is false for arrays of another realm.
  return Object.prototype.toString.call(numbers) === '[object Float32Array]'
    ? { name, floats: numbers, type: 6 }
    : { name, ints: numbers, type: 7 };
}

export function openGraph(): Graph {
  const nodes: NodeProto[] = [];
  const initializers: TensorProto[] = [];

  const add = (domain: string, opType: string, input: readonly string[], given: Attributes, name?: string): string => {
    const output = name ?? `${opType.toLowerCase()}_${nodes.length}`;
    const attribute = Object.entries(given).map(attributeOf);
    nodes.push({ input, output: [output], name: `node_${nodes.length}`, opType, attribute, domain });
    return output;
  };
  const initialize = (type: ElementType, dims: readonly number[], data: Partial<TensorProto>): string => {
    const name = `constant_${initializers.length}`;
    initializers.push({ name, dims, dataType: elementTypes[type], ...data });
    return name;
  };

  return {
    op: (opType, inputs, attributes = {}, name = undefined) => add('', opType, inputs, attributes, name),
    mlOp: (opType, inputs, attributes) => add('ai.onnx.ml', opType, inputs, attributes),
    doubles: (doubleData, shape) => initialize('double', shape, { doubleData }),
    constant(type, values) {
      const dims = [values.length];
      if (type === 'string') {
        return initialize(type, dims, { stringData: values.map((value) => text.encode(String(value))) });
      }
      if (type === 'int64') return initialize(type, dims, { int64Data: values.map(Number) });
      return initialize(type, dims, { int32Data: values.map(Number) });
    },
    nodes,
    initializers,
  };
}
