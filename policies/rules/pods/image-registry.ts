import { CONTAINERS, listed, NEW_OR_CHANGED, PODS } from '../../admission/cel.ts';
import type { ResourceRule } from '../../rule.ts';
import { EXAMPLE_IMAGE, examplePod } from './example.ts';
import { NAMED } from './images.ts';
import { eachContainer, ofPods, told, WORKLOADS } from './workload.ts';

export const imageRegistry: ResourceRule = {
  kind: 'resource',
  id: 'image-registry',
  title: 'images come from the account’s own registry',
  reason: 'An image from elsewhere is scanned by nobody, can be taken away by its owner, and is pulled through the NAT gateway by every node.',
  remedy: 'Push the image to a repository of the account, or name further registries in the rule’s parameter.',
  severity: 'medium',
  ids: [],
  scope: 'weir',
  params: {
    registries: {
      description: 'Beginnings of names of images, each with its slash at the end; * is any part of a host.',
      default: ['*.dkr.ecr.*.amazonaws.com/', '*.dkr.ecr.*.amazonaws.com.cn/'],
    },
  },
  on: WORKLOADS,
  check: (workload, given, of) => {
    const { registries = [] } = given.params;
    const own = new RegExp(`^(?:${(Array.isArray(registries) ? registries : []).map(beginning).join('|')})`);
    const pods = ofPods((pod) =>
      eachContainer(pod, (container) =>
        container.expect('image', (image) => typeof image !== 'string' || own.test(image), `runs ${told(container)} from a registry of others`),
      ),
    );
    return pods(workload, given, of);
  },
  admission: {
    scopes: ['tenants'],
    kinds: PODS,
    lets: 'Images that controllers of the platform put into a tenant’s pods, such as Argo’s executor.',
    conditions: NEW_OR_CHANGED,
    variables: ({ registries, platformImages }) => ({
      ...CONTAINERS,
      own: `variables.containers.filter(c, !(c.image in ${listed(platformImages)}))`,
      foreign: `variables.own.filter(c, !${listed(registries)}.exists(r, c.image.startsWith(r))).${NAMED}`,
    }),
    validations: ({ registries }) => [
      {
        expression: 'variables.foreign.size() == 0',
        messageExpression: `'nobody scans images from there: ' + variables.foreign.join(', ') + '. Push the image to a repository of ${registries.join(' or ')} and name it there'`,
      },
    ],
  },
  pass: [{ props: examplePod({ container: { image: EXAMPLE_IMAGE } }) }],
  fail: [{ props: examplePod({ container: { image: `docker.io/library/eta@sha256:${'4'.repeat(64)}` } }) }],
};

/** `*` stays within a host: no path of another registry can look like it. */
const beginning = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '[^/]*');
