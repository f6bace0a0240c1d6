import { atKey, atValue, type Finding } from '../read/locate.ts';
import { bytesOf } from './quantity.ts';
import { from, isOwn, ownFirst, type Subject } from './subject.ts';

/** Mode, GPU, batching and memory, and what belongs to each of them. Engines: engines.ts. */
export function checkServing(subject: Subject): readonly Finding[] {
  return [...checkGpu(subject), ...checkMode(subject), ...checkBatching(subject), ...checkMemory(subject)];
}

function checkGpu(subject: Subject): readonly Finding[] {
  const { gpu, gpus, mode, accelerator, backend } = subject.model.serving;
  const said = (): string => `gpu ${gpu}${from(subject, ['serving', 'gpu'])}`;
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
      atValue(['serving', 'gpus'], `${gpus} GPUs${from(subject, ['serving', 'gpus'])} with ${said()}`, 'Use gpu: whole, or leave gpus out.'),
    );
  }
  if (accelerator !== undefined && gpu === 'none') {
    findings.push(
      atValue(
        ['serving', 'accelerator'],
        `${accelerator}${from(subject, ['serving', 'accelerator'])} with ${said()}`,
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
    findings.push(atValue(['serving', 'backend'], `OpenVINO runs on CPU, with ${said()}`, 'Use gpu: none, or backend: onnxruntime.'));
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
