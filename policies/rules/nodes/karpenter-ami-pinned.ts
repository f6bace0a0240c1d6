import type { Reader } from '../../reader.ts';
import type { Problem, ResourceRule } from '../../rule.ts';

const nodeClass = (alias: string) => ({
  apiVersion: 'karpenter.k8s.aws/v1',
  kind: 'EC2NodeClass',
  metadata: { name: 'gpu' },
  spec: { amiSelectorTerms: [{ alias }], role: 'karpenter-nodes' },
});

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
  pass: [{ props: nodeClass('al2023@v20260915') }],
  fail: [{ props: nodeClass('al2023@latest') }],
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
