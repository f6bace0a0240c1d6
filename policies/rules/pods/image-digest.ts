import { CONTAINERS, listed, NEW_OR_CHANGED, PODS } from '../../admission/cel.ts';
import type { ResourceRule } from '../../rule.ts';
import { EXAMPLE_IMAGE, EXAMPLE_REGISTRY, examplePod } from './example.ts';
import { hasDigest, NAMED } from './images.ts';
import { eachContainer, ofPods, told, WORKLOADS } from './workload.ts';

export const imageDigest: ResourceRule = {
  kind: 'resource',
  id: 'image-digest',
  title: 'an image is named by its digest',
  reason: 'A tag can be moved to another image: two pods of one Deployment then run different code, and nobody can say which was scanned.',
  remedy: 'Name the image by the digest that its push printed: name@sha256:….',
  severity: 'medium',
  ids: ['CKV_K8S_43'],
  scope: 'any',
  on: WORKLOADS,
  check: ofPods((pod) =>
    eachContainer(pod, (container) => {
      const image = container.text('image');
      if (image === undefined || hasDigest(image)) return []; // without an image, as in a template that somebody fills in, there is nothing to judge
      return [container.problem('image', `names the image of ${told(container)} by what can be moved: ${image}`)];
    }),
  ),
  admission: {
    scopes: ['tenants'],
    kinds: PODS,
    lets: 'Images that controllers of the platform put into a tenant’s pods, such as Argo’s executor.',
    conditions: NEW_OR_CHANGED,
    variables: ({ platformImages }) => ({
      ...CONTAINERS,
      own: `variables.containers.filter(c, !(c.image in ${listed(platformImages)}))`,
      tagged: `variables.own.filter(c, !c.image.matches('@sha256:[0-9a-f]{64}$')).${NAMED}`,
    }),
    validations: () => [
      {
        expression: 'variables.tagged.size() == 0',
        messageExpression: `'a tag can be moved to another image: ' + variables.tagged.join(', ') + '. Name the image by the digest that its push printed: name@sha256:...'`,
      },
    ],
  },
  pass: [{ props: examplePod({ container: { image: EXAMPLE_IMAGE } }) }],
  fail: [{ props: examplePod({ container: { image: `${EXAMPLE_REGISTRY}eta:7` } }) }],
};
