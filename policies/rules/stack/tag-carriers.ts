import { embedded } from '../../embedded-json.ts';
import { Reader } from '../../reader.ts';

/** What makes things in the account that the provider's default tags do not reach. */
export interface TagCarrier {
  /** As `keyOf` makes it. */
  readonly key: string;
  /** Maps of tags that have to be complete; nothing where the resource makes nothing. @throws Undecided */
  readonly tags: (resource: Reader) => readonly Reader[];
}

/** 30-platform 9: nodes, their disks and volumes, and load balancers are made by others than Pulumi. */
export const TAG_CARRIERS: readonly TagCarrier[] = [
  {
    key: 'aws:ec2/launchTemplate:LaunchTemplate',
    tags: (template) => {
      const specifications = template.list('tagSpecifications');
      const missing = ['instance', 'volume'].some((type) => !specifications.some((each) => each.text('resourceType') === type));
      return missing ? [new Reader(undefined, 'tagSpecifications')] : specifications.map((each) => each.in('tags'));
    },
  },
  { key: 'karpenter.k8s.aws/EC2NodeClass', tags: (nodeClass) => [nodeClass.in('spec.tags')] },
  {
    key: 'aws:eks/addon:Addon',
    tags: (addon) =>
      addon.text('addonName') === 'aws-ebs-csi-driver' ? [embedded(addon, 'configurationValues').in('controller.extraVolumeTags')] : [],
  },
  {
    key: 'helm.sh/Release',
    tags: (release) => (/(^|\/)aws-load-balancer-controller$/.test(release.text('chart') ?? '') ? [release.in('values.defaultTags')] : []),
  },
];
