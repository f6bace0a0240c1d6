import { type AdmissionPolicy, CONTAINERS, NEW_OR_CHANGED, WORKLOADS } from './policy.ts';

/** Which images a tenant may run. */
export interface ImageRules {
  /** Beginnings of names, each with its slash at the end: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/`. At least one. */
  readonly registries: readonly string[];
  /** Whole names that controllers of the platform put into a tenant's pods, such as Argo's executor: neither registry nor digest is asked of them. */
  readonly platformImages: readonly string[];
}

const FLOATING = "c.image.matches(':latest(@|$)')";
const NAMED = "map(c, c.name + ' (' + c.image + ')')";

/** A tag can be moved to another image, and an image from elsewhere is scanned by nobody. */
export function tenantImages({ registries, platformImages }: ImageRules): AdmissionPolicy {
  return {
    name: 'weir-images',
    kinds: WORKLOADS,
    conditions: NEW_OR_CHANGED,
    variables: {
      ...CONTAINERS,
      own: `variables.containers.filter(c, !(c.image in ${JSON.stringify(platformImages)}))`,
      floating: `variables.own.filter(c, ${FLOATING}).${NAMED}`,
      tagged: `variables.own.filter(c, !c.image.matches('@sha256:[0-9a-f]{64}$')).${NAMED}`,
      foreign: `variables.own.filter(c, !${JSON.stringify(registries)}.exists(r, c.image.startsWith(r))).${NAMED}`,
    },
    validations: [
      {
        expression: 'variables.floating.size() == 0',
        messageExpression: `'latest is another image tomorrow: ' + variables.floating.join(', ') + '. Name the image by its digest alone'`,
      },
      {
        expression: 'variables.tagged.size() == 0',
        messageExpression: `'a tag can be moved to another image: ' + variables.tagged.join(', ') + '. Name the image by the digest that its push printed: name@sha256:...'`,
      },
      {
        expression: 'variables.foreign.size() == 0',
        messageExpression: `'nobody scans images from there: ' + variables.foreign.join(', ') + '. Push the image to a repository of ${registries.join(' or ')} and name it there'`,
      },
    ],
  };
}

/** The platform's own pods, whose charts name versions by tag. */
export const PLATFORM_IMAGES: AdmissionPolicy = {
  name: 'weir-no-latest',
  kinds: WORKLOADS,
  conditions: NEW_OR_CHANGED,
  variables: {
    ...CONTAINERS,
    floating: `variables.containers.filter(c, ${FLOATING} || !c.image.matches('(@sha256:[0-9a-f]{64}|:[^/]+)$')).${NAMED}`, // without a tag it is the same
  },
  validations: [
    {
      expression: 'variables.floating.size() == 0',
      messageExpression: `'latest is another image tomorrow: ' + variables.floating.join(', ') + '. Name a version in the values of its chart, or a digest'`,
    },
  ],
};
