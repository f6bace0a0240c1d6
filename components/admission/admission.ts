import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { type AdmissionArgs, planAdmission } from './plan.ts';

const DENY = ['Deny'];
/** The caller reads the warning, and the API server's audit log keeps it. */
const WARN = ['Warn', 'Audit'];

/**
 * What nobody may do in the cluster, whatever rights they have. Deletes are never refused.
 * @example new Admission('prod-admission', { registries: ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/'], platformImages: [], ownCluster, after: models.ready }, inside)
 */
export class Admission extends Component {
  /** The bindings: what depends on them is judged from its first day. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: AdmissionArgs, options?: ComponentResourceOptions) {
    const plan = planAdmission(args);
    super('weir:admission:Admission', name, {}, options);

    const unlessOthers = args.ownCluster.apply((own) => (own ? DENY : WARN));
    this.ready = plan.flatMap(({ name: policyName, spec: policy, places, level }) => {
      const after = this.child({ dependsOn: [...args.after] });
      const made = new k8s.admissionregistration.v1.ValidatingAdmissionPolicy(
        `${name}-${policyName}`,
        { metadata: { name: policyName }, spec: policy },
        after,
      );
      return places.map(({ name: place, namespaces, ownClusterOnly = false }) => {
        const metadata = { name: `${policyName}-${place}` };
        const denied = ownClusterOnly ? unlessOthers : DENY;
        const validationActions = level === 'advisory' ? WARN : denied;
        const spec = { policyName, validationActions, matchResources: { namespaceSelector: namespaces } };
        return new k8s.admissionregistration.v1.ValidatingAdmissionPolicyBinding(
          `${name}-${policyName}-${place}`,
          { metadata, spec },
          this.child({ dependsOn: [made] }),
        );
      });
    });
    this.registerOutputs();
  }
}
