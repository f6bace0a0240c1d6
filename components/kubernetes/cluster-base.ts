import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { type ClusterBaseArgs, NAMESPACES, planClusterBase, podSecurity, volumeParameters } from './plan.ts';

/**
 * The platform's namespaces, class `gp3` and the priorities. EKS's own class `gp2` is left alone: since 1.30 it is no default any more.
 * @example new ClusterBase('prod-base', { version: '1.35', ownCluster, volumeKeyArn }, { providers: [kubernetes] })
 */
export class ClusterBase extends Component {
  /** The namespaces, and what pods in them name: classes of volumes and priorities. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: ClusterBaseArgs, options?: pulumi.ComponentResourceOptions) {
    const plan = planClusterBase();
    super('weir:kubernetes:ClusterBase', name, {}, options);

    const namespaces = plan.namespaces.map(({ name: namespace, pods }) => {
      const labels = pulumi.output(args.version).apply((version) => podSecurity(version, pods));
      const before = namespace === NAMESPACES.runtime ? { aliases: [{ name: `${name}-namespace` }] } : {}; // the only one, once
      return new k8s.core.v1.Namespace(`${name}-namespace-${namespace}`, { metadata: { name: namespace, labels } }, this.child(before));
    });
    const volumes = this.#volumes(`${name}-gp3`, args);
    const priorities = plan.priorities.map((priority) => {
      const { name: className, value, preemptionPolicy, description } = priority;
      const given = { metadata: { name: className }, value, preemptionPolicy, description, globalDefault: false };
      return new k8s.scheduling.v1.PriorityClass(`${name}-priority-${className}`, given, this.child());
    });

    this.ready = [...namespaces, volumes, ...priorities];
    this.registerOutputs();
  }

  /** A volume is made where its first pod runs, since it cannot follow one into another zone. */
  #volumes(name: string, { ownCluster, volumeKeyArn }: ClusterBaseArgs): pulumi.Resource {
    const isDefault = ownCluster.apply(String); // two defaults in another team's cluster: the newest would win
    return new k8s.storage.v1.StorageClass(
      name,
      {
        metadata: { name: 'gp3', annotations: { 'storageclass.kubernetes.io/is-default-class': isDefault } },
        provisioner: 'ebs.csi.aws.com',
        parameters: pulumi.all([ownCluster, volumeKeyArn]).apply(([own, keyArn]) => volumeParameters(own, keyArn)),
        volumeBindingMode: 'WaitForFirstConsumer',
        allowVolumeExpansion: true,
        reclaimPolicy: 'Delete',
      },
      this.child(),
    );
  }
}
