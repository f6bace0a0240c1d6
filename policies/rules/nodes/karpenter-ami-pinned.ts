import { OF_NODES } from '../../admission/cel.ts';
import type { Reader } from '../../reader.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { exampleNodeClass } from './example.ts';

export const karpenterAmiPinned: ResourceRule = {
  kind: 'resource',
  id: 'karpenter-ami-pinned',
  title: 'nodes start from an image that somebody chose',
  reason: 'With a floating image every node drifts on the day AWS publishes one: the whole fleet is replaced by an image that nobody has tried.',
  remedy: 'Set the release in weir:pools.ami, or give amiSelectorTerms an alias with a version such as al2023@v20260915, or an id.',
  severity: 'medium',
  ids: [],
  scope: 'any',
  settings: ['pools.ami'],
  mustBeKnown: ['spec.amiSelectorTerms.alias'],
  on: ['karpenter.k8s.aws/EC2NodeClass'],
  check: (nodeClass) => [
    // before v1 the selector could be left out, and the newest image of the family was taken
    ...nodeClass.expect('spec.amiSelectorTerms', (terms) => Array.isArray(terms) && terms.length > 0, 'names no image: the newest is taken'),
    ...nodeClass.each('spec.amiSelectorTerms', floating),
  ],
  admission: {
    ...OF_NODES,
    kinds: [{ apiGroups: ['karpenter.k8s.aws'], resources: ['ec2nodeclasses'] }],
    variables: () => ({
      floating: `object.spec.?amiSelectorTerms.orValue([])
    .filter(t, (has(t.alias) && !t.alias.matches('@v?[0-9]')) || t.?name.orValue('').matches('[*?]') || t.?ssmParameter.orValue('').matches(r'\\b(latest|recommended)\\b'))
    .map(t, t.?alias.orValue(t.?name.orValue(t.?ssmParameter.orValue(''))))`,
    }),
    validations: () => [
      {
        expression: 'variables.floating.size() == 0',
        messageExpression:
          "variables.floating.join(', ') + ' is another image tomorrow, and every node would be replaced by it. Name a version, such as al2023@v20260915, or an id'",
      },
    ],
  },
  pass: [{ props: exampleNodeClass('al2023@v20260915') }],
  fail: [{ props: exampleNodeClass('al2023@latest') }],
};

/** A term that stands for another image tomorrow. A tag does not: somebody puts it on an image. */
function floating(term: Reader): readonly Problem[] {
  return [
    ...term.expect('alias', (alias) => alias === undefined || isVersion(alias), 'follows the newest image of its family'),
    ...term.expect('name', (name) => typeof name !== 'string' || !/[*?]/.test(name), 'fits any image with such a name: the newest is taken'),
    ...term.expect('ssmParameter', (name) => typeof name !== 'string' || !/\b(latest|recommended)\b/.test(name), 'follows what AWS recommends today'),
  ];
}

/** `al2023@v20260915`, `bottlerocket@v1.20.3`. */
const isVersion = (alias: unknown): boolean => typeof alias === 'string' && /@v?\d/.test(alias);
