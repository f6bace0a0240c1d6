import type proto from 'onnx-proto';
import type { AirportRates } from './encode.ts';
import { AIRPORT, INPUTS, OUTPUT } from './fields.ts';
import { attribute, type Column, floats, type Graph, node } from './onnx.ts';

/** The two airport columns as rates: code -> row of the table -> rate. Outputs are `origin_rate` and `destination_rate`. */
export interface AirportNodes {
  readonly nodes: readonly proto.onnx.INodeProto[];
  readonly constants: readonly proto.onnx.ITensorProto[];
}

/**
 * @param airports sorted; the code of airports[i] is i + 1, any other is 0
 * @param rates tables by those codes. Tables shorter than the codes make a graph that fails for the airports beyond their end.
 */
export function airportNodes(airports: readonly string[], rates: AirportRates): AirportNodes {
  const codes = [
    attribute.strings('keys_strings', airports),
    attribute.ints(
      'values_int64s',
      airports.map((_, at) => at + 1),
    ),
    attribute.int('default_int64', 0),
  ];
  return {
    nodes: AIRPORT.flatMap((name) => [
      node('ai.onnx.ml/LabelEncoder', `encode_${name}`, [name], codes, `${name}_code`),
      node('Gather', `gather_${name}`, [`${name}_rates`, `${name}_code`], [attribute.int('axis', 0)], `${name}_rate`),
    ]),
    constants: AIRPORT.map((name) => floats(`${name}_rates`, [rates[name].length], rates[name])),
  };
}

/** Inputs and output that every version's graph declares. */
export function interfaceOf(): Pick<Graph, 'inputs' | 'outputs'> {
  const column = ({ name, datatype }: { readonly name: string; readonly datatype: string }): Column => ({
    name,
    element: datatype === 'BYTES' ? 'string' : 'float',
  });
  return { inputs: INPUTS.map(column), outputs: [column(OUTPUT)] };
}
