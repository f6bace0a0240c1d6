import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../support/temp.ts';
import { startTriton, tritonMissing, writeTritonModel } from '../support/triton.ts';
import { parsePbtxt, parsePbtxts, pbtxtMissing } from '../support/triton-config.ts';

const CONFIG = `
name: "sum"
backend: "python"
max_batch_size: 8
input [ { name: "values", data_type: TYPE_FP32, dims: [ 3 ] } ]
output [ { name: "total", data_type: TYPE_FP32, dims: [ 1 ] } ]
instance_group [ { kind: KIND_CPU, count: 1 } ]
dynamic_batching {
  preferred_batch_size: [ 4 ]
  max_queue_delay_microseconds: 100
  default_queue_policy { timeout_action: REJECT, default_timeout_microseconds: 50000, max_queue_size: 100 }
}
version_policy { specific { versions: [ 1 ] } }
model_warmup [ { name: "one", batch_size: 1, inputs { key: "values", value { data_type: TYPE_FP32, dims: [ 3 ], zero_data: true } } } ]
parameters { key: "model_version", value { string_value: "1" } }
`;
const SUM = `
import triton_python_backend_utils as triton

class TritonPythonModel:
    def execute(self, requests):
        return [self.total(triton.get_input_tensor_by_name(request, "values").as_numpy()) for request in requests]

    def total(self, values):
        return triton.InferenceResponse([triton.Tensor("total", values.sum(axis=1, keepdims=True))])
`;
/** As a pod has them: 26.07 knows the one flag that 2.51 does not. */
const ARGS = [
  '--model-repository=/models',
  '--model-control-mode=explicit',
  '--load-model=sum',
  '--exit-on-error=true',
  '--strict-readiness=true',
  '--exit-timeout-secs=60',
  '--model-load-thread-count=4',
  '--model-load-retry-count=2',
  '--disable-auto-complete-config',
  '--metrics-interval-ms=2000',
  '--metrics-config=histogram_latencies=true',
  '--log-format=ISO8601',
  '--allow-client-shm=false',
  '--allow-sagemaker=false',
  '--allow-vertex-ai=false',
  '--http-restricted-api=model-repository,trace,logging,shared-memory:admin-key=$(TRITON_ADMIN_KEY)',
  '--grpc-restricted-protocol=model-repository,trace,logging,shared-memory:admin-key=$(TRITON_ADMIN_KEY)',
];
const env = { TRITON_ADMIN_KEY: 'sesame' };

describe.skipIf(pbtxtMissing() !== null)('the official message of config.pbtxt', () => {
  test('has the fields of a good text by their own names', async () => {
    const parsed = await parsePbtxt(CONFIG);
    expect(parsed).toMatchObject({
      config: {
        name: 'sum',
        max_batch_size: 8,
        input: [{ name: 'values', data_type: 'TYPE_FP32', dims: ['3'] }],
        dynamic_batching: { preferred_batch_size: [4], default_queue_policy: { default_timeout_microseconds: '50000', max_queue_size: 100 } },
        version_policy: { specific: { versions: ['1'] } },
      },
    });
  });

  test('says line, column and word of what is wrong', async () => {
    const texts = ['name: "a"\nmax_batch: 3', 'input [ { data_type: TYPE_FLOAT } ]', 'max_batch_size: "8"', 'name: "a"\nname: "b"'];
    const parsed = await parsePbtxts(texts);
    expect(parsed.map((each) => ('error' in each ? each.error : ''))).toEqual([
      expect.stringContaining('2:1 : Message type "inference.ModelConfig" has no field named "max_batch"'),
      expect.stringContaining('has no value named TYPE_FLOAT'),
      expect.stringContaining('Couldn\'t parse integer: "8"'),
      expect.stringContaining('should not have multiple "name" fields'),
    ]);
  });
});

describe.skipIf(tritonMissing() !== null)('a real tritonserver with the flags of a pod', () => {
  const infer = async (origin: string, model: string, rows: number): Promise<unknown> => {
    const data = Array.from({ length: rows * 3 }, (_, index) => index + 1);
    const body = JSON.stringify({ inputs: [{ name: 'values', datatype: 'FP32', shape: [rows, 3], data }] });
    return await (await fetch(`${origin}/v2/models/${model}/versions/1/infer`, { method: 'POST', body })).json();
  };
  /** The server's words about one configuration. */
  const failure = async (config: string): Promise<string> => {
    using repository = tempFolder();
    writeTritonModel(repository.path, { name: 'sum', config });
    return await startTriton({ repository: repository.path, args: ARGS, env }).then(
      async (server) => {
        await server.stop();
        return 'loaded';
      },
      (error: unknown) => String(error),
    );
  };

  test('loads a Python model, answers a V2 request, keeps its repository API to the key, and counts', async () => {
    using repository = tempFolder();
    writeTritonModel(repository.path, { name: 'sum', config: CONFIG, code: SUM });
    writeTritonModel(repository.path, { name: 'zeros', config: CONFIG.replace('"sum"', '"zeros"') });
    await using server = await startTriton({ repository: repository.path, args: [...ARGS, '--load-model=zeros'], env });
    const total = { name: 'total', datatype: 'FP32', shape: [2, 1] };
    expect(await infer(server.origin, 'sum', 2)).toMatchObject({ model_version: '1', outputs: [{ ...total, data: [6, 15] }] });
    expect(await infer(server.origin, 'zeros', 2)).toMatchObject({ outputs: [{ ...total, data: [0, 0] }] });
    expect(await infer(server.origin, 'sum', 9)).toMatchObject({ error: expect.stringContaining('batch-size must be <= 8') });
    const index = `${server.origin}/v2/repository/index`;
    expect((await fetch(index, { method: 'POST' })).status).toBe(403);
    expect((await fetch(index, { method: 'POST', headers: { 'admin-key': 'sesame' } })).status).toBe(200);
    expect(await (await fetch(`${server.metrics}/metrics`)).text()).toMatch(/nv_inference_request_success\{model="sum",version="1"\} \d/);
  });

  test('does not load what the message does not parse, and says where', async () => {
    expect(await failure(CONFIG.replace('max_batch_size', 'max_batch'))).toContain(
      '4:10: Message type "inference.ModelConfig" has no field named "max_batch"',
    );
    expect(await failure(CONFIG.replace('TYPE_FP32', 'TYPE_FLOAT'))).toContain('Unknown enumeration value of "TYPE_FLOAT" for field "data_type"');
  });

  test('does not load what parses and cannot be: a GPU that is not there, a backend that is not there, a warm-up of another type', async () => {
    expect(await failure(CONFIG.replace('KIND_CPU', 'KIND_GPU'))).toContain('has kind KIND_GPU but no GPUs are available');
    expect(await failure(CONFIG.replace('"python"', '"onnxruntime"'))).toContain("unable to find backend library for backend 'onnxruntime'");
    expect(await failure(CONFIG.replace('value { data_type: TYPE_FP32', 'value { data_type: TYPE_FP64'))).toContain(
      "'FP64', but model 'sum' expects 'FP32'",
    );
  });

  test('leaves no shared memory behind', () => {
    expect(readdirSync('/dev/shm').filter((name) => name.startsWith('weir-triton-'))).toEqual([]);
  });
});
