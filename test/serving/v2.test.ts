import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeRequest, decodeResponse, headerLengthOf } from '../../runtime/serving/v2/decode.ts';
import { encodeResponse } from '../../runtime/serving/v2/encode.ts';
import { parsePath } from '../../runtime/serving/v2/paths.ts';
import type { Element } from '../../runtime/serving/v2/tensor.ts';

const limits = { maxDepth: 16 };
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const one = (input: Readonly<Record<string, unknown>>) =>
  decodeRequest(json({ inputs: [{ name: 'x', datatype: 'FP32', shape: [2, 1], data: [1, 2], ...input }] }), null, limits);

describe('a V2 request', () => {
  test('takes data flat or nested as its shape says', () => {
    expect(one({}).inputs[0]?.data).toEqual([1, 2]);
    expect(one({ data: [[1], [2]] }).inputs[0]?.data).toEqual([1, 2]);
    expect(
      one({
        shape: [2, 2, 1],
        data: [
          [[1], [2]],
          [[3], [4]],
        ],
      }).inputs[0]?.data,
    ).toEqual([1, 2, 3, 4]);
  });

  test.each([
    [{ data: [1] }, 'input "x" has shape [2, 1], which is 2 elements, but 1 were given'],
    [{ data: [[1, 2]] }, 'input "x" has shape [2, 1], but its data has 1 items at level 1, where 2 are expected'],
    [{ data: [[1], 2] }, 'input "x" has shape [2, 1], but its data has 2 at level 2, where 1 are expected'],
    [{ data: 'text' }, 'input "x" has data "text"; an array is expected'],
    [{ datatype: 'FP16' }, 'input "x" has datatype "FP16", which is not served'],
    [{ datatype: 'constructor' }, 'input "x" has datatype "constructor", which is not served'],
    [{ shape: [-1, 1] }, 'input "x" has shape an array; 1 to 8 sizes of 0 or more are expected'],
    [{ shape: 2 }, 'input "x" has shape 2'],
    [{ shape: [1e9, 1e9] }, 'input "x" has shape [1000000000, 1000000000], which is 1000000000000000000 elements, but 2 were given'],
    [{ parameters: { binary_data_size: 8 } }, 'input "x" says binary_data_size, but the request has no Inference-Header-Content-Length'],
    [{ name: 7 }, 'input 0 has no name'],
  ])('that is wrong as %j is refused by name', (input, message) => {
    expect(() => one(input)).toThrow(message);
  });

  test.each([
    ['FP32', [1, '2'], [1], 'FP32 expects a number or null'],
    ['INT32', [1.5, 3e9], [0, 1], 'input "x" has 1.5 at element 0; INT32 expects an integer from -2147483648 to 2147483647'],
    ['UINT8', [255, -1], [1], 'an integer from 0 to 255'],
    ['BYTES', ['a', null], [1], 'input "x" has null at element 1; BYTES expects a string of valid Unicode'],
    ['BOOL', [true, 1], [1], 'BOOL expects true or false'],
    ['INT64', [2 ** 60, 1], [0], 'larger ones need a binary tensor'],
  ])('reports elements of the wrong type of %s by index and leaves them null', (datatype, data, faults, problem) => {
    const [input] = one({ datatype, data }).inputs;
    expect(input?.faults).toEqual(faults);
    expect(input?.problem).toContain(problem);
    expect(faults.every((index) => input?.data[index] === null)).toBe(true);
  });

  test('that is not a JSON object, is too deep, or is malformed is refused', () => {
    expect(() => decodeRequest(Buffer.from('[]'), null, limits)).toThrow('not a JSON object');
    expect(() => decodeRequest(Buffer.from(''), null, limits)).toThrow('empty');
    expect(() => decodeRequest(Buffer.from('{"inputs": ['), null, limits)).toThrow('malformed JSON');
    expect(() => decodeRequest(Buffer.from('['.repeat(200_000)), null, limits)).toThrow('nested deeper than 16 levels');
    expect(() => decodeRequest(Buffer.from('{}'), null, limits)).toThrow('"inputs" is undefined');
  });

  test('with __proto__ in it changes no prototype', () => {
    decodeRequest(Buffer.from('{"__proto__":{"polluted":1},"inputs":[{"name":"__proto__","datatype":"FP32","shape":[1],"data":[1]}]}'), null, limits);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('with a wrong length of the JSON part is refused', () => {
    expect(() => headerLengthOf('-1')).toThrow('Inference-Header-Content-Length');
    expect(() => decodeRequest(json({ inputs: [] }), 999, limits)).toThrow('is 999, but the body has 13 bytes');
    expect(() => decodeRequest(Buffer.concat([json({ inputs: [] }), Buffer.from('rest')]), 13, limits)).toThrow(
      '4 bytes after the last binary tensor belong to no input',
    );
  });
});

const elements: Readonly<Record<string, fc.Arbitrary<Element>>> = {
  BOOL: fc.boolean(),
  INT8: fc.integer({ min: -128, max: 127 }),
  UINT16: fc.integer({ min: 0, max: 65_535 }),
  INT32: fc.integer(),
  INT64: fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .map((value) => (value >= -(2n ** 53n) + 1n && value < 2n ** 53n ? Number(value) : value)),
  FP32: fc.float(),
  FP64: fc.double(),
  BYTES: fc.string({ unit: 'grapheme' }),
};

describe('binary tensors', () => {
  test.each(['BOOL', 'INT8', 'UINT16', 'INT32', 'INT64', 'FP32', 'FP64', 'BYTES'] as const)('%s elements come back as they went', (datatype) => {
    fc.assert(
      fc.property(fc.array(elements[datatype] ?? fc.constant(null), { minLength: 1, maxLength: 20 }), fc.boolean(), (data, both) => {
        const outputs = [
          { name: 'x', datatype, shape: [data.length, 1], data, binary: true },
          { name: 'y', datatype, shape: [data.length], data, binary: both && datatype === 'BYTES' },
        ];
        const { body, headerLength } = encodeResponse({ modelName: 'm', modelVersion: '1', id: null, outputs: outputs.slice(0, both ? 2 : 1) });
        expect(decodeResponse(body, headerLength, limits).outputs[0]?.data).toEqual(data);
      }),
    );
  });

  test('cut short, or text that is not UTF-8, is refused by name', () => {
    const head = (size: number, shape = [1, 1], datatype = 'BYTES') =>
      json({ inputs: [{ name: 'x', datatype, shape, parameters: { binary_data_size: size } }] });
    const decode = (header: Buffer, bytes: readonly number[]) => decodeRequest(Buffer.concat([header, Buffer.from(bytes)]), header.length, limits);
    expect(() => decode(head(5), [2, 0, 0, 0, 65])).toThrow('input "x" ends inside element 0');
    expect(() => decode(head(5), [1, 0, 0, 0, 0xff])).toThrow('input "x" element 0 is not UTF-8');
    expect(() => decode(head(9), [1, 0, 0, 0])).toThrow('says binary_data_size 9, but only 4 bytes follow');
    expect(() => decode(head(4, [2, 1], 'FP32'), [0, 0, 0, 0])).toThrow('which is 8 bytes, but binary_data_size is 4');
  });
});

test('V2 paths are read, and others are not', () => {
  expect(parsePath('/v2/models/eta/versions/7/infer')).toEqual({ kind: 'infer', model: 'eta', version: '7' });
  expect(parsePath('/v2/models/e%20a/ready')).toEqual({ kind: 'modelReady', model: 'e a', version: null });
  expect(parsePath('/v2/health/live')).toEqual({ kind: 'live' });
  for (const path of ['/v2/models/', '/v2/models/eta/versions', '/v2/models/%zz', '/v2/models/eta/infer/more', '/v2/constructor', '/'])
    expect(parsePath(path)).toBeNull();
});
