import type { Reader } from '../../reader.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { secondsOf } from '../seconds.ts';
import { aModel, MODEL, OF_MODELS } from './model.ts';

const DRIFT = { reference: 'training', cadence: '1h', thresholds: { warn: 0.1, critical: 0.25 }, responses: { severe: 'rollback' } };

const fixture = (log: string) => [
  { props: aModel({ inputs: { amount: { kind: 'numeric', log } }, outputs: { score: { kind: 'probability', log } }, drift: DRIFT }) },
];

/** Greatest limit of a critical change. */
const GREATEST = 1;

export const modelHasDriftJob: ResourceRule = {
  kind: 'resource',
  id: 'model-has-drift-job',
  title: 'the drift judge has something to judge of every model',
  reason:
    'A model does not fail when the world changes: it goes on answering, wrongly. Who keeps no inputs and outputs, or sets limits that nothing reaches, hears of it from customers.',
  remedy:
    'Write log: full for at least one field that matters, and leave drift.thresholds and drift.cadence of the model file where the defaults are.',
  severity: 'medium',
  ids: [],
  scope: 'any',
  params: {
    greatestPsi: { description: 'Greatest limit of a critical change: a PSI of 0.25 is a large one already.', default: GREATEST },
  },
  on: [MODEL],
  check: (model, { params: { greatestPsi } }) => [
    ...model.part(() => watched(model)),
    ...model.expect('spec.drift.cadence', isCadence, 'says no time within which predictions come'),
    ...model.part(() => limits(model, Number(greatestPsi))),
  ],
  admission: {
    ...OF_MODELS,
    variables: () => ({
      inputs: 'object.spec.?inputs.orValue({})',
      features: 'object.spec.?features.fields.orValue({})',
      outputs: 'object.spec.?outputs.orValue({})',
      watched: `object.spec.?llm.evaluation.hasValue() || ${['inputs', 'features', 'outputs'].map(keepsOne).join(' || ')}`,
      cadence: "object.spec.?drift.cadence.orValue('0s')",
      warn: 'double(object.spec.?drift.thresholds.warn.orValue(0))',
      critical: 'double(object.spec.?drift.thresholds.critical.orValue(0))',
    }),
    validations: () => [
      {
        expression: 'variables.watched',
        messageExpression: "'nothing of ' + object.metadata.name + ' could be judged: it keeps no value. Write log: full for a field that matters'",
      },
      {
        expression: "variables.cadence.matches('[1-9]')",
        messageExpression:
          "'nobody would notice that ' + object.metadata.name + ' has fallen silent. Say within which time predictions come: drift.cadence'",
      },
      {
        expression: `variables.warn > 0.0 && variables.warn <= variables.critical && variables.critical <= ${GREATEST}.0`,
        messageExpression: `'no change of ' + object.metadata.name + ' would be told in time: it warns at ' + string(variables.warn) + ', and is critical at ' + string(variables.critical) + '. Set drift.thresholds to numbers above 0 and up to ${GREATEST}, warn to the smaller'`,
      },
    ],
  },
  pass: fixture('full'),
  fail: fixture('drop'),
};

/** Values that are dropped leave nothing, and hashes only whether they were there: text and categories are watched by those alone. */
function watched(model: Reader): readonly Problem[] {
  if (model.has('spec.llm.evaluation')) return []; // its answers are evaluated instead
  const fields = ['spec.inputs', 'spec.features.fields', 'spec.outputs'].flatMap((path) => {
    const all = model.in(path);
    return model.keys(path).map((name) => all.text([name, 'log']) ?? 'full');
  });
  return fields.some((log) => log !== 'drop') ? [] : [model.problem('spec.outputs', 'keeps no value that could be judged')];
}

const isCadence = (cadence: unknown): boolean => (secondsOf(cadence) ?? 0) > 0;

/** All fields together, then each that has limits of its own. */
function limits(model: Reader, greatest: number): readonly Problem[] {
  const [warn, critical] = [model.number('spec.drift.thresholds.warn'), model.number('spec.drift.thresholds.critical')];
  if (warn === undefined || critical === undefined) return [model.problem('spec.drift.thresholds', 'says of no change that it matters')];
  if (warn > critical) return [model.problem('spec.drift.thresholds', `warns at ${warn}, after it is critical at ${critical}`)];
  return critical > greatest ? [model.problem('spec.drift.thresholds.critical', `calls nothing critical below a PSI of ${critical}`)] : [];
}

/** CEL: whether one of these fields is kept. */
function keepsOne(fields: string): string {
  return `variables.${fields}.exists(name, variables.${fields}[name].?log.orValue('full') != 'drop')`;
}
