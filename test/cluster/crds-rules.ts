/** A change of the good Model, and what the server says of it: `accepted`, or its words. */
export interface RuleCase {
  readonly name: string;
  /** Values by place in the spec: keys and indexes with dots between; undefined takes the value away. */
  readonly change: Readonly<Record<string, unknown>>;
  readonly said: string;
  /** The place that it names before a colon; empty when it has nothing against the change. */
  readonly place: string;
}

const weights = (...list: readonly number[]) => list.map((weight) => ({ weight }));
const fine = (name: string, change: RuleCase['change']): RuleCase => ({ name, change, said: 'accepted', place: '' });
const wrong = (name: string, change: RuleCase['change'], said: string, at = 'spec'): RuleCase => ({ name, change, said, place: `${at}: ` });

/** One that is taken and one that is refused for each rule over a Model's spec. */
export const RULE_CASES: readonly RuleCase[] = [
  fine('features instead of inputs', { inputs: undefined, features: { service: 'fraud_v3' } }),
  wrong('no input at all', { inputs: undefined }, 'the model has no input: give inputs, or features with a service', 'spec'),
  fine('a batch model without a budget', { pattern: 'batch', batch: { schedule: '0 2 * * *', from: 'a', to: 'b' }, 'serving.latency': undefined }),
  wrong(
    'an online model without a budget',
    { 'serving.latency': undefined },
    'online and async models need a budget: give serving.latency, such as 50ms',
  ),
  wrong(
    'a batch section online',
    { batch: { schedule: '0 2 * * *', from: 'a', to: 'b' } },
    'pattern batch and the batch section belong together: give both, or neither',
  ),
  wrong('no batch section for pattern batch', { pattern: 'batch' }, 'pattern batch and the batch section belong together: give both, or neither'),
  fine('a streaming model', { pattern: 'streaming', streaming: { from: 'clicks', to: 'scores' } }),
  wrong('no streaming section for pattern streaming', { pattern: 'streaming' }, 'pattern streaming and the streaming section belong together'),
  fine('an async model', { pattern: 'async', async: { maxAge: '1h', concurrency: 4 } }),
  wrong('an async section online', { async: { maxAge: '1h' } }, 'the async section is for pattern async: leave it out, or change the pattern'),
  fine('a language model', {
    'serving.engine': 'vllm',
    'serving.backend': undefined,
    'serving.gpu': 'whole',
    'serving.gpus': 2,
    llm: { tensorParallel: 2 },
  }),
  wrong(
    'a language model section for Triton',
    { llm: { tensorParallel: 2 } },
    'the llm section is for engine vllm: leave it out, or change serving.engine',
  ),
  fine('an alias to follow', { 'registry.version': undefined, 'registry.follow': 'candidate' }),
  wrong('a version and an alias', { 'registry.follow': 'candidate' }, 'give version, or follow: exactly one of them', 'spec.registry'),
  wrong('neither version nor alias', { 'registry.version': undefined }, 'give version, or follow: exactly one of them', 'spec.registry'),
  fine('a share of a GPU in a pool', { 'serving.mode': 'shared', 'serving.gpu': 'fraction', 'serving.pool': 'default' }),
  wrong(
    'whole GPUs in a pool',
    { 'serving.mode': 'shared', 'serving.gpu': 'whole' },
    'a shared model has no GPU of its own: choose gpu fraction, or mode dedicated',
    'spec.serving',
  ),
  wrong(
    'a share of a GPU without a pool',
    { 'serving.gpu': 'fraction' },
    'a fraction of a GPU is a place in a shared pool: choose mode shared, or gpu whole',
    'spec.serving',
  ),
  wrong(
    'a language model in a pool',
    { 'serving.mode': 'shared', 'serving.engine': 'vllm' },
    'a shared pool is a Triton server: choose mode dedicated, or engine triton',
    'spec.serving',
  ),
  fine('a container', {
    'serving.engine': 'container',
    'serving.backend': undefined,
    'serving.container': { image: `eta@sha256:${'0'.repeat(64)}` },
  }),
  wrong(
    'engine container without one',
    { 'serving.engine': 'container' },
    'engine container and the container section belong together: give both, or neither',
    'spec.serving',
  ),
  wrong('two GPUs on CPU', { 'serving.gpus': 2 }, 'gpus counts whole GPUs: choose gpu whole, or leave gpus out', 'spec.serving'),
  fine('as many replicas at least as at most', { 'serving.autoscaling.min': 4 }),
  wrong(
    'more replicas at least than at most',
    { 'serving.autoscaling.min': 5 },
    'min is above max: raise max, or lower min',
    'spec.serving.autoscaling',
  ),
  fine('an A/B test by user', { 'rollout.preset': 'ab-test', 'rollout.stickiness': { header: 'x-user-id' } }),
  wrong(
    'an A/B test without a header',
    { 'rollout.preset': 'ab-test' },
    'ab-test needs users that keep their version: give stickiness with the header that names them',
    'spec.rollout',
  ),
  fine('two kinds of steps in turn', { 'rollout.steps': [{ shadow: {} }, { weight: 1 }, { approve: { by: 'owner' } }, { weight: 100 }] }),
  wrong(
    'a step of two kinds',
    { 'rollout.steps': [{ shadow: {}, weight: 5 }] },
    'give exactly one of shadow, weight, approve',
    'spec.rollout.steps[0]',
  ),
  wrong('a step of no kind', { 'rollout.steps': [{}] }, 'give exactly one of shadow, weight, approve', 'spec.rollout.steps[0]'),
  wrong(
    'a margin of an approval',
    { 'rollout.steps': [{ approve: { by: 'owner' }, margin: 2 }] },
    'margin, minSamples, minDwell, maxDwell, onMaxDwell belong to weight: leave them out, or give weight',
    'spec.rollout.steps[0]',
  ),
  fine('fifty rising weights', { 'rollout.steps': weights(...Array.from({ length: 50 }, (_, index) => 2 * index + 0.01)) }),
  wrong(
    'a weight that falls',
    { 'rollout.steps': weights(10, 5) },
    'each weight must be above the one before: sort the weight steps, and leave equal ones out',
    'spec.rollout.steps',
  ),
  wrong('a weight that stays', { 'rollout.steps': weights(10, 10) }, 'each weight must be above the one before', 'spec.rollout.steps'),
  wrong(
    'a shadow after a weight',
    { 'rollout.steps': [{ weight: 5 }, { shadow: {} }] },
    'a shadow step after a weight step shows nothing new: put shadow steps before weights',
    'spec.rollout.steps',
  ),
  fine('an hour in three units', {
    'rollout.steps': [
      { weight: 5, minDwell: '60m', maxDwell: '1h' },
      { weight: 10, minDwell: '23.5h', maxDwell: '1d' },
    ],
  }),
  wrong(
    'a stay that ends before it may',
    { 'rollout.steps': [{ weight: 5, minDwell: '2d', maxDwell: '47h' }] },
    'minDwell is longer than maxDwell: raise maxDwell, or lower minDwell',
    'spec.rollout.steps[0]',
  ),
  wrong(
    'a shadow that ends before it may',
    { 'rollout.steps': [{ shadow: { minDwell: '1s', maxDwell: '999ms' } }] },
    'minDwell is longer than maxDwell',
    'spec.rollout.steps[0].shadow',
  ),
  fine('shares that sum to 1 in tenths', {
    'rollout.guards': Array.from({ length: 10 }, (_, index) => ({ name: `g${index}`, kind: 'ratio', event: 'error', share: 0.1 })),
  }),
  wrong(
    'shares that sum to more than 1',
    { 'rollout.guards.0.share': 0.8 },
    'the shares of alpha sum to more than 1: lower them, since together they spend alpha once',
    'spec.rollout.guards',
  ),
  wrong(
    'a guard that counts nothing',
    { 'rollout.guards.3.event': undefined },
    'ratio, rate and fuse count something: give event',
    'spec.rollout.guards[3]',
  ),
  wrong('a guard without its share', { 'rollout.guards.0.share': undefined }, 'ratio and rate spend alpha: give share', 'spec.rollout.guards[0]'),
  wrong('two guards of one name', { 'rollout.guards.1.name': 'errors' }, 'duplicate entries for key [name="errors"]', '.spec.rollout.guards'),
  fine('a webhook', { 'rollout.gates': [{ type: 'Webhook', url: 'https://checks.example.com/gate' }] }),
  wrong('a webhook of nobody', { 'rollout.gates': [{ type: 'Webhook' }] }, 'Webhook asks somebody: give url', 'spec.rollout.gates[0]'),
  wrong(
    'a metric without a name',
    { 'rollout.gates.1.metric': undefined },
    'RegistryMetric compares something: give metric with name and min',
    'spec.rollout.gates[1]',
  ),
  fine('five hundred inputs of long names', {
    inputs: Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`.padEnd(63, '_'), { kind: 'numeric' }])),
  }),
  wrong(
    'an input that is no name',
    { 'inputs.7-days': { kind: 'numeric' } },
    'each key is the name of a field: a letter, then letters, digits, `_`, `.` or `-`, at most 63',
    'spec.inputs',
  ),
  wrong(
    'a variable in small letters',
    { 'serving.container': { image: `eta@sha256:${'0'.repeat(64)}`, environment: { threads: '4' } } },
    'each key is the name of a variable: capital letters, digits and `_`, at most 63',
    'spec.serving.container.environment',
  ),
  fine('a fallback of a text and a list', { fallback: { score: 'none', items: [1, 2, 3], ok: true } }),
  wrong('a key that no file has', { wieght: 1 }, 'field not declared in schema', '.spec.wieght'),
  wrong('a duration of no unit', { 'serving.latency': '50' }, 'should match', 'spec.serving.latency'),
  wrong('a version that is a number', { 'registry.version': 8 }, 'expected string', '.spec.registry.version'),
  wrong('no rollout', { rollout: undefined }, 'Required value', 'spec.rollout'),
];
