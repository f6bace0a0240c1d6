import { CONTAINERS, NEW_OR_CHANGED, PODS } from '../../admission/cel.ts';
import { TENANT_LABEL } from '../../facts.ts';
import type { ResourceRule } from '../../rule.ts';
import { EXAMPLE_IMAGE, EXAMPLE_REGISTRY, examplePod } from './example.ts';
import { hasDigest, NAMED, tagOf } from './images.ts';
import { eachContainer, ofPods, told, WORKLOADS } from './workload.ts';

/** With a digest too: the name lies to whoever reads it. */
const floats = (image: string): boolean => tagOf(image) === 'latest' || (tagOf(image) === undefined && !hasDigest(image));

export const imageNotLatest: ResourceRule = {
  kind: 'resource',
  id: 'image-not-latest',
  title: 'no image is called latest',
  reason: 'Latest is another image tomorrow: a node that restarts runs what nobody has tried, and there is nothing to go back to.',
  remedy: 'Name a version, or the digest alone; without a tag it is latest too.',
  severity: 'medium',
  ids: ['KSV-0013', 'CKV_K8S_14'],
  scope: 'any',
  on: WORKLOADS,
  check: ofPods((pod) =>
    eachContainer(pod, (container) =>
      container.part(() => {
        const image = container.text('image') ?? '';
        if (image === '' || !floats(image)) return [];
        const problem = hasDigest(image) ? `calls the one image of ${told(container)} latest` : `has another image tomorrow in ${told(container)}`;
        return [container.problem('image', problem)];
      }),
    ),
  ),
  admission: {
    scopes: ['tenants', 'platform'],
    kinds: PODS,
    conditions: NEW_OR_CHANGED,
    variables: () => ({
      ...CONTAINERS,
      floating: `variables.containers.filter(c, c.image.matches(':latest(@|$)') || !c.image.matches('(@sha256:[0-9a-f]{64}|:[^/]+)$')).${NAMED}`, // without a tag it is the same
      remedy: `namespaceObject.metadata.?labels[?'${TENANT_LABEL}'].hasValue() ? 'Name the image by its digest alone' : 'Name a version in the values of its chart, or a digest'`,
    }),
    validations: () => [
      {
        expression: 'variables.floating.size() == 0',
        messageExpression: `'latest is another image tomorrow: ' + variables.floating.join(', ') + '. ' + variables.remedy`,
      },
    ],
  },
  pass: [{ props: examplePod({ container: { image: EXAMPLE_IMAGE } }) }],
  fail: [{ props: examplePod({ container: { image: `${EXAMPLE_REGISTRY}eta:latest@sha256:${'4'.repeat(64)}` } }) }],
};
