import * as aws from '@pulumi/aws';
import { type ComponentResourceOptions, type Input, output, type Resource } from '@pulumi/pulumi';
import type { AddonName, Pins } from '../addon-pins.ts';
import { Component } from '../base.ts';
import { PodRole } from '../identity/pod-role.ts';
import { addonPins } from '../versions.ts';
import type { AddonSpec } from './addon-list.ts';
import { ResolveConflictsOnCreate } from './eks.ts';

/** A list of EKS's add-ons, each with a pinned version and, where it calls AWS, a role of its own. They cost nothing but what they run on. */
export interface AddonsArgs {
  readonly clusterName: Input<string>;
  /** Begins the names of the add-ons' roles: the cluster's name. */
  readonly rolePrefix: string;
  /** Twelve digits. */
  readonly account: string;
  readonly partition: string;
  /** The cluster's version: it decides those of the add-ons. One that is known is checked before anything is made. */
  readonly version: Input<string>;
  readonly addons: readonly AddonSpec[];
  /** What must be there first: the cluster, and nodes for whatever runs as a Deployment. */
  readonly after: readonly Resource[];
}

/**
 * Add-ons of a cluster.
 * @example new Addons('prod-addons', { clusterName, rolePrefix: 'weir-prod', account, partition: 'aws', version: '1.35', addons: addonsAfterNodes({ keyArn, tags }), after: nodes.ready })
 */
export class Addons extends Component {
  readonly ready: readonly Resource[];

  constructor(name: string, args: AddonsArgs, options?: ComponentResourceOptions) {
    const versionOfAddon = pinned(args.version);
    super('weir:cluster:Addons', name, {}, options);

    this.ready = args.addons.flatMap(({ addon, configuration, identity }) => {
      const roles = identity.map((wanted) => ({ ...wanted, role: this.#role(name, addon, wanted, args) }));
      const associations = roles.flatMap(({ serviceAccounts, role }) =>
        serviceAccounts.map((serviceAccount) => ({ serviceAccount, roleArn: role.arn })),
      );
      const rights = roles.flatMap(({ role }) => role.ready);
      const installed = new aws.eks.Addon(
        `${name}-${addon}`,
        {
          clusterName: args.clusterName,
          addonName: addon,
          ...versionOfAddon(addon),
          ...(Object.keys(configuration).length === 0 ? {} : { configurationValues: JSON.stringify(configuration) }),
          ...(associations.length === 0 ? {} : { podIdentityAssociations: associations }),
          resolveConflictsOnCreate: ResolveConflictsOnCreate.Overwrite,
          resolveConflictsOnUpdate: 'PRESERVE', // @pulumi/eks 4.3 has no word for it
        },
        this.child({ dependsOn: [...args.after, ...rights] }),
      );
      return [installed, ...rights];
    });
    this.registerOutputs();
  }

  /** Bound by the add-on itself, which owns the associations of its service accounts. */
  #role(name: string, addon: AddonName, identity: AddonSpec['identity'][number], args: AddonsArgs): PodRole {
    return new PodRole(
      `${name}-${addon}`,
      {
        roleName: `${args.rolePrefix}-${addon}`,
        account: args.account,
        pods: { clusterName: args.clusterName, namespace: 'kube-system', serviceAccounts: identity.serviceAccounts },
        managedPolicyArns: identity.managedPolicies.map((policy) => `arn:${args.partition}:iam::aws:policy/${policy}`),
        statements: identity.statements,
        associate: false,
      },
      this.child(),
    );
  }
}

/** Undefined where EKS chooses: it is not sent then. */
const versionOf = (pins: Pins, addon: AddonName): string | undefined => pins[addon].version ?? undefined;

/** A known version is read here, so that a wrong one is an error before anything is made. */
function pinned(version: Input<string>): (addon: AddonName) => { readonly addonVersion?: Input<string | undefined> } {
  if (typeof version !== 'string') return (addon) => ({ addonVersion: output(version).apply((known) => versionOf(addonPins(known), addon)) });
  const pins = addonPins(version);
  return (addon) => {
    const addonVersion = versionOf(pins, addon);
    return addonVersion === undefined ? {} : { addonVersion };
  };
}
