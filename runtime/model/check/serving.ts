import { atKey, atValue, type Finding } from '../read/locate.ts';
import { bytesOf } from './quantity.ts';
import { from, isOwn, ownFirst, type Subject } from './subject.ts';

/** Engine, mode, GPU and what belongs to each of them. */
export function checkServing(subject: Subject): readonly Finding[] {
  return [...checkGpu(subject), ...checkMode(subject), ...checkEngine(subject), ...checkBatching(subject), ...checkMemory(subject)];
}

function checkGpu(subject: Subject): readonly Finding[] {
  const { gpu, gpus, mode, accelerator, backend } = subject.model.serving;
  const said = `gpu ${gpu}${from(subject, ['serving', 'gpu'])}`;
  const findings: Finding[] = [];
  if (gpu === 'fraction' && mode === 'dedicated') {
    const place = ownFirst(subject, ['serving', 'mode'], ['serving', 'gpu']);
    findings.push(atValue(place, 'a fraction of a GPU, and pods of its own', 'Use mode: shared, or gpu: whole. A GPU is never time-sliced.'));
  }
  if (gpu === 'whole' && mode === 'shared') {
    const place = ownFirst(subject, ['serving', 'gpu'], ['serving', 'mode']);
    findings.push(atValue(place, 'a whole GPU, and a place in a shared pool', 'Use gpu: fraction, or mode: dedicated.'));
  }
  if (gpus !== undefined && gpu !== 'whole') {
    findings.push(
      atValue(['serving', 'gpus'], `${gpus} GPUs${from(subject, ['serving', 'gpus'])} with ${said}`, 'Use gpu: whole, or leave gpus out.'),
    );
  }
  if (accelerator !== undefined && gpu === 'none') {
    findings.push(
      atValue(
        ['serving', 'accelerator'],
        `${accelerator}${from(subject, ['serving', 'accelerator'])} with ${said}`,
        'Use gpu: whole or fraction, or leave the accelerator out.',
      ),
    );
  }
  if (backend === 'tensorrt' && gpu === 'none') {
    findings.push(atValue(['serving', 'backend'], 'TensorRT runs on a GPU alone', 'Use gpu: whole or fraction, or backend: onnxruntime.'));
  }
  if (backend === 'tensorrt' && gpu === 'whole' && accelerator === undefined) {
    findings.push(
      atKey(['serving', 'accelerator'], 'is missing: a TensorRT plan runs on the kind of GPU that it was built for', 'Add accelerator: l4'),
    );
  }
  if (backend === 'openvino' && gpu !== 'none') {
    findings.push(atValue(['serving', 'backend'], `OpenVINO runs on CPU, with ${said}`, 'Use gpu: none, or backend: onnxruntime.'));
  }
  return findings;
}

function checkMode(subject: Subject): readonly Finding[] {
  const { mode, pool, family, engine, autoscaling } = subject.model.serving;
  const { pattern } = subject.model;
  const findings: Finding[] = [];
  if (mode === 'shared' && engine !== 'triton') {
    const place = ownFirst(subject, ['serving', 'mode'], ['serving', 'gpu'], ['serving', 'engine']);
    findings.push(atValue(place, `engine ${engine} cannot share a pool`, 'Pools are Triton servers: use mode: dedicated.'));
  }
  if (mode === 'shared' && pattern !== 'online') {
    const place = ownFirst(subject, ['serving', 'mode'], ['serving', 'gpu'], ['pattern']);
    findings.push(
      atValue(place, `a model of pattern ${pattern} cannot share a pool`, 'A pool answers requests: use mode: dedicated, with gpu: none or whole.'),
    );
  }
  if (mode === 'dedicated' && pool !== undefined && isOwn(subject, ['serving', 'pool'])) {
    findings.push(atValue(['serving', 'pool'], `pool "${pool}", and pods of its own`, 'Use mode: shared, or leave the pool out.'));
  }
  if (family !== undefined && mode === 'dedicated') {
    findings.push(
      atKey(['serving', 'family'], 'a family lives in a shared pool, and this model has pods of its own', 'Use mode: shared, or gpu: fraction.'),
    );
  }
  if (autoscaling.zero !== undefined && mode === 'shared') {
    findings.push(
      atKey(['serving', 'autoscaling', 'zero'], 'a shared pool serves others too: it does not go to zero', 'Leave zero out, or use mode: dedicated.'),
    );
  }
  if (autoscaling.zero !== undefined && pattern !== 'online') {
    findings.push(
      atKey(
        ['serving', 'autoscaling', 'zero'],
        `nothing asks a model of pattern ${pattern} at the gateway, and zero scales on that`,
        'Leave zero out.',
      ),
    );
  }
  return findings;
}

function checkEngine(subject: Subject): readonly Finding[] {
  const { serving, llm } = subject.model;
  const { engine } = serving;
  const said = `engine ${engine}${from(subject, ['serving', 'engine'])}`;
  const findings: Finding[] = [];
  const stray = (place: readonly string[], what: string, wanted: string): void => {
    findings.push(atKey(place, `${what} with ${said}`, `Use engine: ${wanted}, or leave it out.`));
  };
  if (serving.backend !== undefined && engine !== 'triton') stray(['serving', 'backend'], `a Triton backend`, 'triton');
  if (serving.container !== undefined && engine !== 'container') stray(['serving', 'container'], 'a container', 'container');
  if (serving.family !== undefined && engine !== 'triton') stray(['serving', 'family'], 'a family', 'triton');
  if (llm !== undefined && engine !== 'vllm') stray(['llm'], 'a language model section', 'vllm');
  if (engine === 'container' && serving.container === undefined) {
    findings.push(atKey(['serving', 'container'], 'is missing', 'Add container: {image: "…@sha256:…"}'));
  }
  if (engine === 'container' && serving.container !== undefined && [8080, 8081].includes(serving.container.port)) {
    findings.push(atValue(['serving', 'container', 'port'], `${serving.container.port} is the proxy's port`, 'Listen on another one, such as 8000.'));
  }
  if (engine === 'rules') {
    if (serving.gpu !== 'none')
      findings.push(
        atValue(ownFirst(subject, ['serving', 'gpu'], ['serving', 'engine']), 'rules run in the proxy: they need no GPU', 'Leave gpu out.'),
      );
    if (serving.delivery === 'mountpoint') {
      findings.push(atValue(['serving', 'delivery'], `rules are a small table${from(subject, ['serving', 'delivery'])}`, 'Use delivery: sync.'));
    }
  }
  return engine === 'vllm' ? [...findings, ...checkVllm(subject)] : findings;
}

function checkVllm(subject: Subject): readonly Finding[] {
  const { serving, llm } = subject.model;
  const findings: Finding[] = [];
  if (llm === undefined) findings.push(atKey(['llm'], 'is missing', 'Add llm: {contextTokens: 8192}'));
  if (serving.gpu !== 'whole') {
    const place = ownFirst(subject, ['serving', 'gpu'], ['serving', 'engine']);
    findings.push(atValue(place, `a language model with gpu ${serving.gpu}${from(subject, ['serving', 'gpu'])}`, 'Use gpu: whole.'));
  }
  if (llm === undefined) return findings;
  if (![1, 2, 4, 8].includes(llm.tensorParallel)) {
    findings.push(atValue(['llm', 'tensorParallel'], `weights are not shared by ${llm.tensorParallel} GPUs`, 'Use 1, 2, 4 or 8.'));
  }
  const gpus = serving.gpus ?? llm.tensorParallel;
  if (serving.gpu === 'whole' && gpus < llm.tensorParallel) {
    const place = ownFirst(subject, ['serving', 'gpus'], ['llm', 'tensorParallel']);
    findings.push(
      atValue(place, `${gpus} GPUs are fewer than tensorParallel ${llm.tensorParallel}`, 'Raise serving.gpus, or lower llm.tensorParallel.'),
    );
  }
  return findings;
}

function checkBatching(subject: Subject): readonly Finding[] {
  const { max, preferred, delay } = subject.model.serving.batching;
  const place = ['serving', 'batching'];
  const tooLarge = preferred.flatMap((size, index): readonly Finding[] =>
    size <= max
      ? []
      : [
          atValue(
            [...place, 'preferred', index],
            `${size} is above max ${max}${from(subject, [...place, 'max'])}`,
            'Raise max, or leave this size out.',
          ),
        ],
  );
  if (max > 0 || Number.parseFloat(delay) === 0 || !isOwn(subject, [...place, 'delay'])) return tooLarge;
  return [
    ...tooLarge,
    atValue([...place, 'delay'], `waits ${delay} for a batch, and max 0 means that there is none`, 'Leave the delay out, or raise max.'),
  ];
}

function checkMemory(subject: Subject): readonly Finding[] {
  const { memory, sharedMemory } = subject.model.serving.resources;
  if (bytesOf(sharedMemory) < bytesOf(memory)) return [];
  const [shared, whole] = [
    ['serving', 'resources', 'sharedMemory'],
    ['serving', 'resources', 'memory'],
  ];
  const problem = `shared memory ${sharedMemory}${from(subject, shared ?? [])} leaves nothing of memory ${memory}${from(subject, whole ?? [])}`;
  return [atValue(ownFirst(subject, shared ?? [], whole ?? []), problem, 'It counts against memory: raise memory, or lower sharedMemory.')];
}
