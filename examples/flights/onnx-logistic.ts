import type { AirportRates } from './encode.ts';
import { angularRate, type Logistic } from './logistic.ts';
import { attribute, encodeModel, floats, node } from './onnx.ts';
import { airportNodes, interfaceOf } from './onnx-airports.ts';

/** The logistic model as an ONNX file: cycles by sine and cosine, missing terms at their means, one dot product, sigmoid. */
export function logisticToOnnx(model: Logistic, airports: readonly string[], rates: AirportRates): Uint8Array {
  const airport = airportNodes(airports, rates);
  const width = model.coefficients.length;
  const cycles = (['hour', 'weekday'] as const).flatMap((name) => [
    node('Mul', `${name}_angle`, [name, `${name}_rate_of_turn`]),
    node('Sin', `${name}_sin`, [`${name}_angle`]),
    node('Cos', `${name}_cos`, [`${name}_angle`]),
  ]);
  // The order of TERMS in logistic.ts.
  const terms = [
    'hour_sin',
    'hour_cos',
    'weekday_sin',
    'weekday_cos',
    'distance',
    'origin_late_4h',
    'nation_late_4h',
    'origin_rate',
    'destination_rate',
  ];
  return encodeModel({
    name: 'flights_late_logistic',
    ...interfaceOf(),
    nodes: [
      ...airport.nodes,
      ...cycles,
      node('Concat', 'terms', terms, [attribute.int('axis', 1)]),
      node('IsNaN', 'missing', ['terms']),
      node('Where', 'filled', ['missing', 'means', 'terms']),
      node('MatMul', 'weighted', ['filled', 'coefficients']),
      node('Add', 'odds', ['weighted', 'bias']),
      node('Sigmoid', 'probability', ['odds'], [], 'late'),
    ],
    constants: [
      ...airport.constants,
      floats('hour_rate_of_turn', [1], [angularRate('hour')]),
      floats('weekday_rate_of_turn', [1], [angularRate('weekday')]),
      floats('means', [1, width], model.means),
      floats('coefficients', [width, 1], model.coefficients),
      floats('bias', [1], [model.bias]),
    ],
  });
}
