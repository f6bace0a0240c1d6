import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { render } from '../../runtime/model/render.ts';
import { anyModel } from '../model/render/arbitrary.ts';
import { aModel, ENVIRONMENT, GPU, MOUNTPOINT, STICKY } from '../model/render/models.ts';
import { objectOf } from '../model/render/objects.ts';
import { aStatus } from '../model/render/statuses.ts';
import { tempFolder } from '../support/temp.ts';
import { startTriton, tritonMissing, writeTritonModel } from '../support/triton.ts';
import { parsePbtxts, pbtxtMissing } from '../support/triton-config.ts';

/** The ConfigMap's `config.pbtxt` of slot a, and the flags of the container beside it. */
function rendered(model: TenantModel): { readonly config: string; readonly args: readonly string[] } {
  const objects = render(model, aStatus(model), ENVIRONMENT);
  const name = `${model.model}-a`;
  const { data }: { data: { 'config.pbtxt': string } } = JSON.parse(JSON.stringify(objectOf(objects, 'ConfigMap', name)));
  const { spec }: { spec: { template: { spec: { containers: readonly { name: string; args: readonly string[] }[] } } } } = JSON.parse(
    JSON.stringify(objectOf(objects, 'Deployment', name)),
  );
  return { config: data['config.pbtxt'], args: spec.template.spec.containers.find((container) => container.name === 'triton')?.args ?? [] };
}

describe.skipIf(pbtxtMissing() !== null)('the official message of config.pbtxt', () => {
  test('has of a GPU model what its file says', async () => {
    const [parsed] = await parsePbtxts([rendered(GPU).config]);
    expect(parsed).toMatchObject({
      config: {
        name: 'fraud',
        backend: 'onnxruntime',
        max_batch_size: 64,
        input: [
          { name: 'amount', data_type: 'TYPE_FP32', dims: ['1'] },
          { name: 'country', data_type: 'TYPE_STRING', dims: ['1'] },
          { name: 'spend_7d', data_type: 'TYPE_FP64', dims: ['1'] },
        ],
        output: [{ name: 'score', data_type: 'TYPE_FP32', dims: ['1'] }],
        version_policy: { specific: { versions: ['1'] } },
        instance_group: [{ count: 2, kind: 'KIND_GPU' }],
        dynamic_batching: {
          preferred_batch_size: [16, 32],
          max_queue_delay_microseconds: '2000',
          default_queue_policy: { default_timeout_microseconds: '50000', max_queue_size: 200 }, // REJECT is 0, which JSON leaves out
        },
        model_warmup: [{ batch_size: 1 }, { batch_size: 32, inputs: { country: { data_type: 'TYPE_STRING', dims: ['1'], zero_data: true } } }],
        parameters: { model_version: { string_value: '7' }, feature_service: { string_value: 'card' } },
      },
    });
  });

  test('has of a model without a batch dimension rows as a dimension, no batching, and no warm-up by an empty text', async () => {
    const [parsed] = await parsePbtxts([rendered(MOUNTPOINT).config]);
    expect(parsed).toMatchObject({ config: { input: [{ dims: ['-1', '1'] }], output: [{ dims: ['-1', '768'] }] } });
    expect(parsed).not.toHaveProperty('config.dynamic_batching');
    expect(parsed).not.toHaveProperty('config.model_warmup');
  });

  test('is what any legal model is written in, with every name as it was', async () => {
    const models = fc.sample(anyModel, 200).map((model) => aModel({ ...model, serving: { ...model.serving, engine: 'triton' } }));
    const parsed = await parsePbtxts(models.map((model) => rendered(model).config));
    for (const [index, model] of models.entries()) {
      const names = Object.keys(model.outputs).toSorted(); // rendered in one order, whatever the file's is
      const output = names.map((name) => expect.objectContaining({ name }));
      expect(parsed[index]).toMatchObject({ config: { name: model.model, output } });
    }
  });
});

describe.skipIf(tritonMissing() !== null)('a real tritonserver, whose stand-in answers zeros, one row where it is free to choose', () => {
  /** Of the Python backend and on CPU, which is what this server has. */
  const onPython = (model: TenantModel): TenantModel => ({ ...model, serving: { ...model.serving, backend: 'python', gpu: 'none' } });
  const batched = onPython(GPU);
  const unbatched = onPython(MOUNTPOINT);
  const wide = onPython(STICKY);
  const tensor = (name: string, datatype: string, shape: readonly number[], value: unknown) => ({
    name,
    datatype,
    shape,
    data: Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => value),
  });

  test.each([
    [
      'a batching model',
      batched,
      [tensor('amount', 'FP32', [3, 1], 9), tensor('country', 'BYTES', [3, 1], 'de'), tensor('spend_7d', 'FP64', [3, 1], 1)],
      [3, 1],
    ],
    ['a model without a batch dimension', unbatched, [tensor('text', 'BYTES', [2, 1], 'hello')], [1, 768]],
    ['a model of wide tensors', wide, [tensor('query', 'FP32', [2, 384], 0.5)], [2, 50]],
  ])('loads %s with the flags and the configuration of its pod, and answers', async (_, model, inputs, shape) => {
    using repository = tempFolder();
    const { config, args } = rendered(model);
    writeTritonModel(repository.path, { name: model.model, config });
    await using server = await startTriton({ repository: repository.path, args, env: { TRITON_ADMIN_KEY: 'sesame' } });
    const answer = await fetch(`${server.origin}/v2/models/${model.model}/infer`, { method: 'POST', body: JSON.stringify({ inputs }) });
    expect(await answer.json()).toMatchObject({ model_name: model.model, model_version: '1', outputs: [{ shape }] });
  });

  test('counts what the autoscaler asks for', async () => {
    using repository = tempFolder();
    const { config, args } = rendered(batched);
    writeTritonModel(repository.path, { name: batched.model, config });
    await using server = await startTriton({ repository: repository.path, args, env: { TRITON_ADMIN_KEY: 'sesame' } });
    const metrics = await (await fetch(`${server.metrics}/metrics`)).text();
    const scaledObject = JSON.stringify(objectOf(render(batched, aStatus(batched), ENVIRONMENT), 'ScaledObject', 'fraud-a'));
    const asked = new Set(scaledObject.match(/\bnv_\w+/g));
    expect(asked.size).toBe(3);
    for (const name of asked) expect(metrics).toMatch(new RegExp(`^${name}\\{model="fraud",version="1"\\} `, 'm'));
  });
});
