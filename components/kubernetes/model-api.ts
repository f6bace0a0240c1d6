import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { planModelApi } from './model-api-plan.ts';

/**
 * The kinds `Model` and `ModelAction`, and the admission policies over them. Deleting a definition deletes every model of the cluster: whatever holds
 * or watches one depends on `ready`, and goes first (30-platform D6).
 * @example new ModelApi('prod-models', { providers: [kubernetes] })
 */
export class ModelApi extends Component {
  /** The definitions and, since a model may only come once they hold, the policies with their bindings. */
  readonly ready: readonly Resource[];

  constructor(name: string, options?: ComponentResourceOptions) {
    const plan = planModelApi(); // before super: an unreadable file must leave no half-registered component
    super('weir:kubernetes:ModelApi', name, {}, options);

    const definitions = plan.definitions.map(({ metadata, spec }) => {
      const kind = metadata.name.split('.')[0]; // models.weir.dev
      return new k8s.apiextensions.v1.CustomResourceDefinition(`${name}-crd-${kind}`, { metadata, spec }, this.child());
    });
    const policies = plan.policies.map(({ metadata, spec }) => {
      const given = { metadata, spec };
      const after = this.child({ dependsOn: definitions }); // its expressions are checked against the definitions
      return new k8s.admissionregistration.v1.ValidatingAdmissionPolicy(`${name}-policy-${metadata.name}`, given, after);
    });
    const bindings = plan.bindings.map(({ metadata, spec }) => {
      const given = { metadata, spec };
      const after = this.child({ dependsOn: policies });
      return new k8s.admissionregistration.v1.ValidatingAdmissionPolicyBinding(`${name}-binding-${metadata.name}`, given, after);
    });

    this.ready = [...definitions, ...policies, ...bindings];
    this.registerOutputs();
  }
}
