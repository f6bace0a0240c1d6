import { type BadFiles, features, IMAGE, LLM, VLLM } from './case.ts';

/** The latency budget, engines, modes, GPUs. */
export const SERVING: readonly BadFiles[] = [
  {
    name: 'no latency budget',
    edit: ['serving: {gpu: none}'],
    says: ['payments/models/fraud.yaml:4:1  serving.latency  is missing | Add serving: {latency: 50ms}: callers of an online model wait for it.'],
  },
  {
    name: 'no time to answer',
    edit: ['serving: {latency: 0ms}'],
    says: ['payments/models/fraud.yaml:4:20  serving.latency  0ms leaves no time to answer | Give what callers can wait for, such as 50ms'],
  },
  {
    name: 'a budget longer than a connection',
    edit: ['serving: {latency: 5m}'],
    says: ["payments/models/fraud.yaml:4:20  serving.latency  5m is longer than a caller's connection is kept | Give at most 60s."],
  },
  {
    name: 'a budget that batching and compute cannot meet',
    edit: ['serving: {latency: 20ms, batching: {delay: 15ms}}', 'traffic: {usual: 200, compute: 11ms}'],
    says: [
      'payments/models/fraud.yaml:4:20  serving.latency  20ms cannot be met: batching waits up to 15ms and the model took 11ms at p95 when it was registered | set batching.delay <= 5ms, or a latency of at least 30ms (gateway and proxy take 4ms of it)',
    ],
  },
  {
    name: 'a budget below the compute time',
    edit: ['serving: {latency: 20ms}', 'traffic: {usual: 200, compute: 30ms}'],
    says: [
      'payments/models/fraud.yaml:4:20  serving.latency  20ms cannot be met: the model took 30ms at p95 when it was registered | set a latency of at least 34ms (gateway and proxy take 4ms of it)',
    ],
  },
  {
    name: 'a feature read as long as the budget',
    edit: ['features: {service: fraud_v3, timeout: 50ms}'],
    files: features(),
    says: [
      'payments/models/fraud.yaml:4:20  serving.latency  50ms cannot be met: features may take 50ms | set a latency of at least 54ms (gateway and proxy take 4ms of it)',
    ],
  },
  {
    name: 'an objective later than the budget',
    edit: ['slo: {latency: {seconds: 2}}'],
    says: [
      'payments/models/fraud.yaml:10:26  slo.latency.seconds  2 is later than the whole budget (serving.latency 50ms) | Lower it, or raise serving.latency.',
    ],
  },
  {
    name: 'a fraction of a GPU, dedicated',
    edit: ['serving: {latency: 50ms, gpu: fraction, mode: dedicated}'],
    says: [
      'payments/models/fraud.yaml:4:47  serving.mode  a fraction of a GPU, and pods of its own | Use mode: shared, or gpu: whole. A GPU is never time-sliced.',
    ],
  },
  {
    name: 'a whole GPU in a pool',
    edit: ['serving: {latency: 50ms, gpu: whole, mode: shared}'],
    says: ['payments/models/fraud.yaml:4:31  serving.gpu  a whole GPU, and a place in a shared pool | Use gpu: fraction, or mode: dedicated.'],
  },
  {
    name: 'GPUs without a GPU',
    edit: ['serving: {latency: 50ms, gpus: 2}'],
    says: ['payments/models/fraud.yaml:4:32  serving.gpus  2 GPUs with gpu none (platform default) | Use gpu: whole, or leave gpus out.'],
  },
  {
    name: 'an accelerator without a GPU',
    edit: ['serving: {latency: 50ms, accelerator: l4}'],
    says: [
      'payments/models/fraud.yaml:4:39  serving.accelerator  l4 with gpu none (platform default) | Use gpu: whole or fraction, or leave the accelerator out.',
    ],
  },
  {
    name: 'TensorRT on CPU',
    edit: ['serving: {latency: 50ms, backend: tensorrt}'],
    says: ['payments/models/fraud.yaml:4:35  serving.backend  TensorRT runs on a GPU alone | Use gpu: whole or fraction, or backend: onnxruntime.'],
  },
  {
    name: 'TensorRT for no kind of GPU',
    edit: ['serving: {latency: 50ms, backend: tensorrt, gpu: whole}'],
    says: [
      'payments/models/fraud.yaml:4:1  serving.accelerator  is missing: a TensorRT plan runs on the kind of GPU that it was built for | Add accelerator: l4',
    ],
  },
  {
    name: 'OpenVINO on a GPU',
    edit: ['serving: {latency: 50ms, backend: openvino, gpu: whole}'],
    says: ['payments/models/fraud.yaml:4:35  serving.backend  OpenVINO runs on CPU, with gpu whole | Use gpu: none, or backend: onnxruntime.'],
  },
  {
    name: 'a backend of another engine',
    edit: [`serving: {latency: 50ms, engine: container, backend: pytorch, container: {${IMAGE}}}`],
    says: ['payments/models/fraud.yaml:4:45  serving.backend  a Triton backend with engine container | Use engine: triton, or leave it out.'],
  },
  {
    name: 'a container engine without a container',
    edit: ['serving: {latency: 50ms, engine: container}'],
    says: ['payments/models/fraud.yaml:4:1  serving.container  is missing | Add container: {image: "…@sha256:…"}'],
  },
  {
    name: 'a container of another engine',
    edit: [`serving: {latency: 50ms, container: {${IMAGE}}}`],
    says: [
      'payments/models/fraud.yaml:4:26  serving.container  a container with engine triton (platform default) | Use engine: container, or leave it out.',
    ],
  },
  {
    name: "the proxy's port",
    edit: [`serving: {latency: 50ms, engine: container, container: {port: 8080, ${IMAGE}}}`],
    says: ["payments/models/fraud.yaml:4:63  serving.container.port  8080 is the proxy's port | Listen on another one, such as 8000."],
  },
  {
    name: 'rules on a GPU',
    edit: ['serving: {latency: 50ms, engine: rules, gpu: whole}'],
    says: ['payments/models/fraud.yaml:4:46  serving.gpu  rules run in the proxy: they need no GPU | Leave gpu out.'],
  },
  {
    name: 'rules through a mount',
    edit: ['serving: {latency: 50ms, engine: rules, delivery: mountpoint}'],
    says: ['payments/models/fraud.yaml:4:51  serving.delivery  rules are a small table | Use delivery: sync.'],
  },
  {
    name: 'a language model on CPU',
    edit: ['serving: {latency: 30s, engine: vllm}', ...LLM],
    says: ['payments/models/fraud.yaml:4:33  serving.engine  a language model with gpu none (platform default) | Use gpu: whole.'],
  },
  {
    name: 'weights on three GPUs',
    edit: [VLLM, ...LLM, 'llm: {tensorParallel: 3}'],
    says: ['payments/models/fraud.yaml:10:23  llm.tensorParallel  weights are not shared by 3 GPUs | Use 1, 2, 4 or 8.'],
  },
  {
    name: 'fewer GPUs than the weights are shared by',
    edit: ['serving: {latency: 30s, engine: vllm, gpu: whole, gpus: 2}', ...LLM, 'llm: {tensorParallel: 4}'],
    says: [
      'payments/models/fraud.yaml:4:57  serving.gpus  2 GPUs are fewer than tensorParallel 4 | Raise serving.gpus, or lower llm.tensorParallel.',
    ],
  },
  {
    name: 'a language model section of another engine',
    edit: ['llm: {contextTokens: 8192}'],
    says: [
      'payments/models/fraud.yaml:10:1  llm  a language model section with engine triton (platform default) | Use engine: vllm, or leave it out.',
    ],
  },
  {
    name: 'a pool for pods of its own',
    edit: ['serving: {latency: 50ms, pool: default}'],
    says: ['payments/models/fraud.yaml:4:32  serving.pool  pool "default", and pods of its own | Use mode: shared, or leave the pool out.'],
  },
  {
    name: 'a container in a pool',
    edit: [`serving: {latency: 50ms, engine: container, mode: shared, container: {${IMAGE}}}`],
    says: ['payments/models/fraud.yaml:4:51  serving.mode  engine container cannot share a pool | Pools are Triton servers: use mode: dedicated.'],
  },
  {
    name: 'a family with pods of its own',
    edit: ['serving: {latency: 50ms, family: {header: x-district, members: [north, south]}}'],
    says: [
      'payments/models/fraud.yaml:4:26  serving.family  a family lives in a shared pool, and this model has pods of its own | Use mode: shared, or gpu: fraction.',
    ],
  },
  {
    name: 'a family that runs backwards',
    edit: ['serving: {latency: 50ms, gpu: fraction, family: {header: x-district, members: "d-[120-001]"}}'],
    says: ['payments/models/fraud.yaml:4:79  serving.family.members  the range runs backwards, from 120 to 001 | Swap the two numbers.'],
  },
  {
    name: 'a batch size above the most',
    edit: ['serving: {latency: 50ms, batching: {max: 8, preferred: [4, 16]}}'],
    says: ['payments/models/fraud.yaml:4:60  serving.batching.preferred[1]  16 is above max 8 | Raise max, or leave this size out.'],
  },
  {
    name: 'a wait for a batch of none',
    edit: ['serving: {latency: 50ms, batching: {max: 0, delay: 5ms}}'],
    says: [
      'payments/models/fraud.yaml:4:52  serving.batching.delay  waits 5ms for a batch, and max 0 means that there is none | Leave the delay out, or raise max.',
    ],
  },
  {
    name: 'shared memory that takes all',
    edit: ['serving: {latency: 50ms, resources: {memory: 1Gi}}'],
    says: [
      'payments/models/fraud.yaml:4:46  serving.resources.memory  shared memory 1Gi (platform default) leaves nothing of memory 1Gi | It counts against memory: raise memory, or lower sharedMemory.',
    ],
  },
  {
    name: 'a deadline before the model has loaded',
    edit: ['serving: {latency: 50ms, loadTime: 20m}', 'rollout: {progressDeadline: 10m}'],
    says: [
      'payments/models/fraud.yaml:9:29  rollout.progressDeadline  progressDeadline 10m ends before the model has loaded (loadTime 20m) | Raise rollout.progressDeadline to at least twice loadTime.',
    ],
  },
  {
    name: 'a load time of nothing',
    edit: ['serving: {latency: 50ms, loadTime: 0s}'],
    says: ['payments/models/fraud.yaml:4:36  serving.loadTime  0s is no time | Give a duration above 0, such as 90s'],
  },
];
