import type { FileStep } from '../../../runtime/model/model-file.ts';
import { PRESETS, presetOf } from '../../../runtime/model/presets.ts';
import { flowText } from '../../yaml-lines.ts';

/** What a default of `preset` means: the steps of each, and one written out. */
export function presetsPart(): readonly string[] {
  return [
    '### Presets',
    '',
    'Percent of the requests, with the shortest and the longest stay in each step; 100 % is the promotion after the last one. What the risk class asks for is added.',
    '',
    '| preset | steps | bake |',
    '|---|---|---|',
    ...PRESETS.map((name) => presetRow(`\`${name}\``, presetOf(name))),
    presetRow('`blue-green` of a language model', presetOf('blue-green', true)),
    '',
    'Written out, `standard` is this; limits of guards follow from `slo`:',
    '',
    '```yaml',
    'rollout:',
    ...Object.entries(presetOf('standard')).flatMap(([key, value]) => lines(key, value)),
    '```',
    '',
  ];
}

function presetRow(name: string, { steps, bake }: ReturnType<typeof presetOf>): string {
  return `| ${name} | ${steps.length === 0 ? 'none: all at once' : steps.map(stepText).join(', ')} | ${bake.duration ?? ''} |`;
}

function stepText(step: FileStep): string {
  if ('approve' in step) return `approval by ${step.approve.by}`;
  const { minDwell, maxDwell } = 'shadow' in step ? step.shadow : step;
  const what = 'shadow' in step ? `shadow ${step.shadow.percent} %` : `**${step.weight} %**`;
  return `${what} (${minDwell} to ${maxDwell})`;
}

/** One line for each value, and for each item of a list. */
function lines(key: string, value: unknown): readonly string[] {
  return Array.isArray(value) ? [`  ${key}:`, ...value.map((item) => `    - ${flowText(item)}`)] : [`  ${key}: ${flowText(value)}`];
}
