import type { Additions } from './additions.ts';
import type { CelRule } from './structural.ts';

/** Rules over the whole object. The namespace is not visible to them: charts/policies/weir-model-namespace.yaml is for that. */
export const OBJECT_RULES: readonly CelRule[] = [
  { rule: 'self.metadata.name == self.spec.model', message: 'metadata.name must be spec.model: name the object after its model' },
];

/**
 * What a schema cannot say of a Model's spec, by place: the least that the controller must be able to rely on, whoever wrote the object. Files are
 * checked by more than this, and earlier. Each message ends in what to do. `[list].all(x, …)` gives an expression a name: rules have no variables.
 */
export const SPEC_RULES: Additions = {
  model: rules({ rule: 'self == oldSelf', message: 'a model keeps its name: create a Model of the new name, and delete this one' }),
  tenant: rules({
    rule: 'self == oldSelf',
    message: "a model stays with its tenant: create a Model in the other tenant's namespace, and delete this one",
  }),
  '': {
    // the parts that everything decides by; nothing may join them within v1alpha1 (docs/adr/0004)
    required: ['tenant', 'risk', 'pattern', 'serving', 'slo', 'rollout'],
    ...rules(
      { rule: 'has(self.inputs) || has(self.features)', message: 'the model has no input: give inputs, or features with a service' },
      {
        rule: "!(self.pattern in ['online', 'async']) || has(self.serving.latency)",
        message: 'online and async models need a budget: give serving.latency, such as 50ms',
      },
      { rule: "has(self.batch) == (self.pattern == 'batch')", message: 'pattern batch and the batch section belong together: give both, or neither' },
      {
        rule: "has(self.streaming) == (self.pattern == 'streaming')",
        message: 'pattern streaming and the streaming section belong together: give both, or neither',
      },
      { rule: "!has(self.async) || self.pattern == 'async'", message: 'the async section is for pattern async: leave it out, or change the pattern' },
      {
        rule: "!has(self.llm) || self.serving.?engine.orValue('triton') == 'vllm'",
        message: 'the llm section is for engine vllm: leave it out, or change serving.engine',
      },
    ),
  },
  registry: rules({ rule: 'has(self.version) != has(self.follow)', message: 'give version, or follow: exactly one of them' }),
  serving: rules(
    {
      rule: "self.?mode.orValue('dedicated') != 'shared' || self.?gpu.orValue('none') != 'whole'",
      message: 'a shared model has no GPU of its own: choose gpu fraction, or mode dedicated',
    },
    {
      rule: "self.?gpu.orValue('none') != 'fraction' || self.?mode.orValue('shared') == 'shared'",
      message: 'a fraction of a GPU is a place in a shared pool: choose mode shared, or gpu whole',
    },
    {
      rule: "self.?mode.orValue('dedicated') != 'shared' || self.?engine.orValue('triton') == 'triton'",
      message: 'a shared pool is a Triton server: choose mode dedicated, or engine triton',
    },
    {
      rule: "has(self.container) == (self.?engine.orValue('triton') == 'container')",
      message: 'engine container and the container section belong together: give both, or neither',
    },
    { rule: "!has(self.gpus) || self.?gpu.orValue('none') == 'whole'", message: 'gpus counts whole GPUs: choose gpu whole, or leave gpus out' },
  ),
  'serving.autoscaling': rules({
    rule: '!has(self.min) || !has(self.max) || self.min <= self.max',
    message: 'min is above max: raise max, or lower min',
  }),
  rollout: {
    required: ['preset', 'steps', 'guards'],
    ...rules({
      rule: "self.preset != 'ab-test' || has(self.stickiness)",
      message: 'ab-test needs users that keep their version: give stickiness with the header that names them',
    }),
  },
  'rollout.steps': rules(
    {
      rule: '[self.filter(s, has(s.weight)).map(s, s.weight)].all(w, w.isSorted() && w.all(x, w.exists_one(y, y == x)))',
      message: 'each weight must be above the one before: sort the weight steps, and leave equal ones out',
    },
    {
      rule: 'self.filter(s, !has(s.approve)).map(s, has(s.weight)).isSorted()',
      message: 'a shadow step after a weight step shows nothing new: put shadow steps before weights',
    },
  ),
  'rollout.steps[]': rules(inOrder('minDwell', 'maxDwell')),
  'rollout.steps[].shadow': rules(inOrder('minDwell', 'maxDwell')),
  'rollout.guards': {
    ...keyed('name'),
    ...rules({
      rule: 'self.filter(g, has(g.share)).map(g, g.share).sum() <= 1.000001', // shares such as 0.1 have no exact sum
      message: 'the shares of alpha sum to more than 1: lower them, since together they spend alpha once',
    }),
  },
  'rollout.guards[]': rules(
    { rule: "self.kind == 'verdict' || has(self.event)", message: 'ratio, rate and fuse count something: give event' },
    { rule: "!(self.kind in ['ratio', 'rate']) || has(self.share)", message: 'ratio and rate spend alpha: give share' },
  ),
  'rollout.gates[]': rules(
    { rule: "self.type != 'RegistryMetric' || has(self.metric)", message: 'RegistryMetric compares something: give metric with name and min' },
    { rule: "self.type != 'Webhook' || has(self.url)", message: 'Webhook asks somebody: give url' },
  ),
  'serving.autoscaling.peaks': keyed('name'),
  labels: keyed('event'),
  outcomes: keyed('event'),
  groups: keyed('name'),
};

function rules(...list: readonly CelRule[]): { readonly 'x-kubernetes-validations': readonly CelRule[] } {
  return { 'x-kubernetes-validations': list };
}

/** No two items with one name, and items of a list are told apart by it. */
function keyed(key: string) {
  return { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [key] };
}

/** Two durations of Weir, which CEL's own `duration` does not read: it knows no days. */
function inOrder(least: string, most: string): CelRule {
  const seconds = `double(d.find('^[0-9.]+')) * {'ms': 0.001, 's': 1.0, 'm': 60.0, 'h': 3600.0, 'd': 86400.0}[d.find('[a-z]+$')]`;
  return {
    rule: `!has(self.${least}) || !has(self.${most}) || [[self.${least}, self.${most}].map(d, ${seconds})].all(s, s[0] <= s[1])`,
    message: `${least} is longer than ${most}: raise ${most}, or lower ${least}`,
  };
}
