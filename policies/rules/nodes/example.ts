type Part = Readonly<Record<string, unknown>>;

/** A pool of GPUs that keeps every rule: fixtures change one thing of it. */
export function exampleGpuPool({
  life = {},
  limits,
  taints,
  budgets,
}: {
  /** Of its nodes: when they expire, and how long they may take to go. */
  readonly life?: Part;
  readonly limits?: Part;
  readonly taints?: readonly Part[];
  readonly budgets?: readonly Part[];
} = {}) {
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: 'gpu-inference' },
    spec: {
      template: {
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'gpu' },
          requirements: [{ key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['g5', 'g6'] }],
          taints: taints ?? [{ key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' }],
          expireAfter: '336h',
          terminationGracePeriod: '1h',
          ...life,
        },
      },
      limits: limits ?? { cpu: '256', memory: '1024Gi', 'nvidia.com/gpu': '8' },
      disruption: { consolidationPolicy: 'WhenEmptyOrUnderutilized', consolidateAfter: '10m', budgets: budgets ?? [{ nodes: '1' }] },
    },
  };
}

export function exampleNodeClass(alias: string) {
  const discovered = [{ tags: { 'karpenter.sh/discovery': 'prod' } }];
  return {
    apiVersion: 'karpenter.k8s.aws/v1',
    kind: 'EC2NodeClass',
    metadata: { name: 'gpu' },
    spec: {
      amiSelectorTerms: [{ alias }],
      role: 'karpenter-nodes',
      subnetSelectorTerms: discovered,
      securityGroupSelectorTerms: discovered,
    },
  };
}
