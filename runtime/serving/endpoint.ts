import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf } from '../errors.ts';
import { readBody } from './body.ts';
import type { Session, TensorSpec } from './session.ts';
import { decodeRequest, headerLengthOf, type InferRequest } from './v2/decode.ts';
import { encodeError, encodeResponse, type OutgoingTensor } from './v2/encode.ts';
import { parsePath, type V2Path } from './v2/paths.ts';
import { type Tensor, V2Error } from './v2/tensor.ts';

export interface EndpointOptions {
  readonly model: string;
  readonly version: string;
  readonly session: Session;
  readonly limits: { readonly maxBodyBytes: number; readonly maxDepth: number };
  /** Runs before every inference: drills delay or fail it here. */
  readonly before: () => Promise<void>;
}

/** One version's KServe V2 server: health, metadata, inference. The caller listens and closes. */
export function createEndpoint(options: EndpointOptions): Server {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      const status = error instanceof V2Error ? error.status : 500;
      send(response, status, encodeError(messageOf(error)));
    });
  });
  server.keepAliveTimeout = 0; // its one client is the gateway, which closes what it does not need
  return server;
}

async function answer(options: EndpointOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = parsePath(request.url?.split('?', 1)[0] ?? '');
  if (path === null) throw new V2Error(404, `there is no ${request.url}`);
  if ('model' in path) requireServed(path, options);
  if (path.kind === 'infer') return infer(options, request, response);
  send(response, 200, Buffer.from(JSON.stringify(described(path, options))));
}

function described(path: V2Path, { model, version, session }: EndpointOptions): unknown {
  if (path.kind === 'server') return { name: 'weir-onnxruntime', version: '1', extensions: ['binary_tensor_data'] };
  if (path.kind === 'model')
    return { name: model, versions: [version], platform: 'onnxruntime_onnx', inputs: session.inputs, outputs: session.outputs };
  return path.kind === 'live' ? { live: true } : { ready: true };
}

function requireServed(path: { readonly model: string; readonly version: string | null }, { model, version }: EndpointOptions): void {
  if (path.model !== model) throw new V2Error(404, `model "${path.model}" is not served here; "${model}" is`);
  if (path.version !== null && path.version !== version) throw new V2Error(404, `version "${path.version}" is not served here; "${version}" is`);
}

async function infer(options: EndpointOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { session, limits } = options;
  const body = await readBody(request, limits.maxBodyBytes);
  const header = request.headers['inference-header-content-length'];
  const asked = decodeRequest(body, headerLengthOf(header), limits);
  const inputs = session.inputs.map((spec) => inputFor(spec, asked.inputs));
  const outputs = chosen(session.outputs, asked);
  await options.before();
  const results = await session.run(inputs);
  const outgoing = outputs.map(({ name, binary }) => ({ ...named(results, name), binary }));
  const encoded = encodeResponse({ modelName: options.model, modelVersion: options.version, id: asked.id, outputs: outgoing });
  send(response, 200, encoded.body, encoded.headerLength);
}

function inputFor({ name, datatype, shape }: TensorSpec, given: readonly Tensor[]): Tensor {
  const input = given.find((one) => one.name === name);
  if (input === undefined) throw new V2Error(400, `input "${name}" is missing`);
  if (input.datatype !== datatype) throw new V2Error(400, `input "${name}" has datatype ${input.datatype}; ${datatype} is expected`);
  const fits = input.shape.length === shape.length && shape.every((size, index) => size < 0 || size === input.shape[index]);
  if (!fits) throw new V2Error(400, `input "${name}" has shape [${input.shape.join(', ')}]; [${shape.join(', ')}] is expected`);
  if (input.faults.length > 0) throw new V2Error(400, input.problem);
  return input;
}

function chosen(outputs: readonly TensorSpec[], asked: InferRequest): readonly Pick<OutgoingTensor, 'name' | 'binary'>[] {
  if (asked.outputs === null || asked.outputs.length === 0) return outputs.map(({ name }) => ({ name, binary: asked.binaryOutputs }));
  const unknown = asked.outputs.find(({ name }) => !outputs.some((output) => output.name === name));
  if (unknown !== undefined) throw new V2Error(400, `output "${unknown.name}" is unknown; there are ${outputs.map(({ name }) => name).join(', ')}`);
  return asked.outputs;
}

function named(tensors: readonly Tensor[], name: string): Tensor {
  const tensor = tensors.find((one) => one.name === name);
  if (tensor === undefined) throw new Error(`the graph gave no output "${name}"`);
  return tensor;
}

function send(response: ServerResponse, status: number, body: Buffer, headerLength: number | null = null): void {
  if (response.headersSent || response.destroyed) return;
  const headers: Record<string, string | number> = {
    'content-type': headerLength === null ? 'application/json' : 'application/octet-stream',
    'content-length': body.length,
  };
  if (headerLength !== null) headers['inference-header-content-length'] = headerLength;
  response.sendDate = false; // the gateway's own answer carries one
  response.writeHead(status, headers).end(body);
}
