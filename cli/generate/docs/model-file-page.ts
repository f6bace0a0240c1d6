import modelSchema from '../../../tenants/schemas/model.v1alpha1.json' with { type: 'json' };
import { exampleBlock } from './example.ts';
import { filePage } from './file-page.ts';
import { presetsPart } from './presets.ts';

const intro = (): readonly string[] => [
  '## Ten lines',
  '',
  ...exampleBlock('bank/models/card-fraud.yaml'),
  'That is a model that is served, logged, watched for drift, judged on its labels, alerted on, and rolled out by evidence. `weir init model` writes such a',
  'file, `weir validate` tells every mistake at once with its line, and `weir explain FILE` prints everything that the file does not say, with its origin:',
  'the platform, the profile of the environment, the tenant, the rollout preset, or another field. Maps are merged field by field, lists are replaced whole.',
  '',
  'With the first line an editor completes and checks while you type. Durations are a number and a unit (`50ms`, `5s`, `24h`, `45d`). Anchors, aliases and',
  'tags are errors: a reviewer must see a value where it applies. Each example below is a whole file that validates.',
  '',
];

const bank = (model: string): string => `bank/models/${model}.yaml`;

/** `docs/model-file.md`: the ten lines, then every field of a model file. */
export function modelFilePage(): string {
  return filePage({
    title: 'The model file',
    schema: 'model.v1alpha1.json',
    root: modelSchema,
    intro: intro(),
    filledBy: (path) => (path.startsWith('rollout.') && path !== 'rollout.preset' ? '[preset](#presets)' : '*derived*'),
    more: { rollout: presetsPart() },
    examples: {
      registry: bank('limits'),
      serving: bank('fraud'),
      'serving.autoscaling': bank('checkout'),
      'serving.container': bank('documents'),
      'serving.family': bank('cash-demand'),
      route: bank('quotes'),
      inputs: bank('overdraft'),
      features: bank('takeover'),
      outputs: bank('triage'),
      labels: bank('chargebacks'),
      outcomes: bank('offers'),
      groups: bank('credit'),
      fallback: bank('atm-fraud'),
      slo: bank('search'),
      drift: bank('cash-flow'),
      recommendations: bank('funds'),
      batch: bank('churn'),
      async: bank('cheques'),
      streaming: bank('card-stream'),
      llm: bank('assistant'),
      retraining: bank('arrears'),
      traffic: bank('balance-alerts'),
      cost: bank('newsletter'),
      rollout: bank('pricing'),
      'rollout.gates': bank('mortgages'),
      'rollout.guards': bank('transfers'),
    },
  });
}
