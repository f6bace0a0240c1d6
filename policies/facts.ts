// made by `npm run generate`; edit charts/pins.ts, components/versions.ts and components/kubernetes/plan.ts instead

/** The charts that Weir installs, each at one version. */
export const CHARTS: readonly { readonly chart: string; readonly repository: string; readonly version: string }[] = [
  { chart: 'karpenter-crd', repository: 'oci://public.ecr.aws/karpenter', version: '1.14.1' },
  { chart: 'karpenter', repository: 'oci://public.ecr.aws/karpenter', version: '1.14.1' },
  { chart: 'prometheus-operator-crds', repository: 'https://prometheus-community.github.io/helm-charts', version: '31.0.1' },
  { chart: 'kube-prometheus-stack', repository: 'https://prometheus-community.github.io/helm-charts', version: '88.5.3' },
  { chart: 'nvidia-device-plugin', repository: 'https://nvidia.github.io/k8s-device-plugin', version: '0.20.0' },
  { chart: 'dcgm-exporter', repository: 'https://nvidia.github.io/dcgm-exporter/helm-charts', version: '4.8.2' },
  { chart: 'cert-manager', repository: 'oci://quay.io/jetstack/charts', version: 'v1.21.2' },
  { chart: 'external-secrets', repository: 'https://charts.external-secrets.io', version: '2.9.0' },
  { chart: 'aws-load-balancer-controller', repository: 'https://aws.github.io/eks-charts', version: '3.5.0' },
  { chart: 'gateway-helm', repository: 'oci://docker.io/envoyproxy', version: 'v1.9.1' },
  { chart: 'external-dns', repository: 'https://kubernetes-sigs.github.io/external-dns', version: '1.21.1' },
  { chart: 'keda', repository: 'https://kedacore.github.io/charts', version: '2.20.2' },
  { chart: 'kueue', repository: 'oci://registry.k8s.io/kueue/charts', version: '0.19.2' },
  { chart: 'kubeflow-trainer', repository: 'oci://ghcr.io/kubeflow/charts', version: '2.3.0' },
  { chart: 'argo-workflows', repository: 'https://argoproj.github.io/argo-helm', version: '1.0.18' },
  { chart: 'mlflow', repository: 'oci://ghcr.io/mlflow/charts', version: '0.1.1' },
  { chart: 'opencost', repository: 'https://opencost.github.io/opencost-helm-chart', version: '2.5.17' },
  { chart: 'aws-for-fluent-bit', repository: 'https://aws.github.io/eks-charts', version: '0.2.0' },
];

/** When standard support of a version ends, as an ISO date; null where nobody has said it. */
export const SUPPORT: readonly { readonly product: string; readonly version: string; readonly endsOn: string | null }[] = [
  { product: 'EKS', version: '1.36', endsOn: '2027-08-02' },
  { product: 'EKS', version: '1.35', endsOn: '2027-03-27' },
  { product: 'EKS', version: '1.34', endsOn: '2026-12-02' },
  { product: 'EKS', version: '1.33', endsOn: '2026-07-29' },
  { product: 'MSK', version: '4.0', endsOn: null },
  { product: 'MSK', version: '3.9', endsOn: null },
  { product: 'MSK', version: '3.8', endsOn: null },
  { product: 'MSK', version: '3.6', endsOn: '2026-06-01' },
  { product: 'Envoy Gateway', version: '1.9', endsOn: '2027-02-14' },
  { product: 'Node.js', version: '24', endsOn: '2028-04-30' },
];

/** Namespaces of the platform, by what lies in them. */
export const NAMESPACES = {
  runtime: 'weir-system',
  gateway: 'weir-gateway',
  features: 'weir-features',
  monitoring: 'monitoring',
  nodeAgents: 'weir-node-agents',
  certificates: 'cert-manager',
  secrets: 'external-secrets',
  autoscaling: 'keda',
  queues: 'kueue-system',
  training: 'kubeflow-system',
  workflows: 'argo',
  registry: 'mlflow',
  dns: 'external-dns',
} as const;

/** The label of a tenant's namespace. */
export const TENANT_LABEL = 'weir.dev/tenant';
