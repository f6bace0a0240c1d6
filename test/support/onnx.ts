import { writeFileSync } from 'node:fs';
import type { onnx } from 'onnx-proto';
import proto from 'onnx-proto';

/** A graph of one number and one place: `score = base[place] + distance`. A place that the table lacks fails as a real runtime error. */
export interface TinyModel {
  /** What each place adds, in order of `places`. */
  readonly base: readonly number[];
  /** Known places; one more than `base` has entries makes the last one fail. Default A, B, C. */
  readonly places?: readonly string[];
  /** Further inputs of numbers, which the graph takes and does not use: a request of real width. Default none. */
  readonly unused?: readonly string[];
}

const FLOAT = 1;
const STRING = 8;

/** The bytes of an ONNX file that ONNX Runtime loads in milliseconds. Inputs `distance` FP32 and `place` BYTES, output `score` FP32. */
export function tinyOnnx({ base, places = ['A', 'B', 'C'], unused = [] }: TinyModel): Uint8Array {
  const model = proto.onnx.ModelProto.create({
    irVersion: 8,
    opsetImport: [
      { domain: '', version: 17 },
      { domain: 'ai.onnx.ml', version: 3 },
    ],
    graph: {
      name: 'tiny',
      node: [encoder(places), { opType: 'Gather', input: ['base', 'index'], output: ['picked'], name: 'gather_place' }, sum],
      initializer: [{ name: 'base', dims: [base.length], dataType: FLOAT, floatData: [...base] }],
      input: [column('distance', FLOAT), column('place', STRING), ...unused.map((name) => column(name, FLOAT))],
      output: [column('score', FLOAT)],
    },
  });
  return proto.onnx.ModelProto.encode(model).finish();
}

export function writeTinyOnnx(path: string, model: TinyModel): void {
  writeFileSync(path, tinyOnnx(model));
}

const sum = { opType: 'Add', input: ['picked', 'distance'], output: ['score'], name: 'sum' };

function encoder(places: readonly string[]): onnx.INodeProto {
  const { INT, INTS, STRINGS } = proto.onnx.AttributeProto.AttributeType;
  return {
    opType: 'LabelEncoder',
    domain: 'ai.onnx.ml',
    input: ['place'],
    output: ['index'],
    attribute: [
      { name: 'keys_strings', type: STRINGS, strings: places.map((place) => Buffer.from(place)) },
      { name: 'values_int64s', type: INTS, ints: places.map((_, index) => index) },
      { name: 'default_int64', type: INT, i: 0 },
    ],
  };
}

function column(name: string, elemType: number): onnx.IValueInfoProto {
  return { name, type: { tensorType: { elemType, shape: { dim: [{ dimParam: 'n' }, { dimValue: 1 }] } } } };
}
