import proto from 'onnx-proto';

type NodeProto = proto.onnx.INodeProto;
type Attribute = proto.onnx.IAttributeProto;
type TensorProto = proto.onnx.ITensorProto;

const { AttributeType } = proto.onnx.AttributeProto;
const { DataType } = proto.onnx.TensorProto;

/** Operator sets that ONNX Runtime 1.10 and later serve; LabelEncoder with strings to int64 is there since ai.onnx.ml 2. */
const OPSETS = [
  { domain: '', version: 15 },
  { domain: 'ai.onnx.ml', version: 2 },
];

/** A column of the request or the answer: shape [n, 1]. */
export interface Column {
  readonly name: string;
  readonly element: 'float' | 'string';
}

export interface Graph {
  readonly name: string;
  readonly inputs: readonly Column[];
  readonly outputs: readonly Column[];
  readonly nodes: readonly NodeProto[];
  readonly constants: readonly TensorProto[];
}

/** The bytes of a model file. */
export function encodeModel({ name, inputs, outputs, nodes, constants }: Graph): Uint8Array {
  const graph = { name, input: inputs.map(valueInfo), output: outputs.map(valueInfo), node: [...nodes], initializer: [...constants] };
  return proto.onnx.ModelProto.encode({ irVersion: 8, producerName: 'weir examples/flights', opsetImport: OPSETS, graph }).finish();
}

/**
 * One operator. Its name is what an error of the runtime shows, so it says what the node is for; its output has the same name unless given.
 * @param op `Gather`, or with a domain `ai.onnx.ml/LabelEncoder`
 */
export function node(op: string, name: string, input: readonly string[], attributes: readonly Attribute[] = [], output = name): NodeProto {
  const [opType = op, domain = ''] = op.split('/').toReversed();
  return { opType, domain, name, input: [...input], output: [output], attribute: [...attributes] };
}

export function floats(name: string, dims: readonly number[], values: Iterable<number>): TensorProto {
  return { name, dataType: DataType.FLOAT, dims: [...dims], floatData: [...values] };
}

export const attribute = {
  int: (name: string, i: number): Attribute => ({ name, type: AttributeType.INT, i }),
  string: (name: string, s: string): Attribute => ({ name, type: AttributeType.STRING, s: utf8(s) }),
  floats: (name: string, values: Iterable<number>): Attribute => ({ name, type: AttributeType.FLOATS, floats: [...values] }),
  ints: (name: string, values: Iterable<number>): Attribute => ({ name, type: AttributeType.INTS, ints: [...values] }),
  strings: (name: string, values: Iterable<string>): Attribute => ({ name, type: AttributeType.STRINGS, strings: Array.from(values, utf8) }),
};

function valueInfo({ name, element }: Column): proto.onnx.IValueInfoProto {
  const shape = { dim: [{ dimParam: 'rows' }, { dimValue: 1 }] };
  return { name, type: { tensorType: { elemType: element === 'string' ? DataType.STRING : DataType.FLOAT, shape } } };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
