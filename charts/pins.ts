/** A chart that Weir installs. */
export type ChartName =
  | 'karpenter-crd'
  | 'karpenter'
  | 'prometheus-operator-crds'
  | 'kube-prometheus-stack'
  | 'nvidia-device-plugin'
  | 'dcgm-exporter'
  | 'cert-manager'
  | 'external-secrets'
  | 'aws-load-balancer-controller'
  | 'gateway-crds-helm'
  | 'gateway-helm'
  | 'external-dns'
  | 'keda'
  | 'kueue'
  | 'kubeflow-trainer'
  | 'argo-workflows'
  | 'mlflow'
  | 'feast-feature-server'
  | 'opencost'
  | 'aws-for-fluent-bit';

/** Which chart, from where, and how that is known. */
export interface ChartPin {
  /** Its name in the repository. */
  readonly chart: string;
  /** `https://…`, or `oci://…` without the chart's name. */
  readonly repository: string;
  readonly version: string;
  /** What it installs, where that has a version of its own. */
  readonly appVersion: string;
  /** Of the package, `sha256:…`; null where nobody here could read it. */
  readonly digest: string | null;
  /** Whether chart and version were seen by us: in a Go module, or in a public lock file that `source` names. */
  readonly verified: boolean;
  readonly source: string;
  /** SPDX. */
  readonly licence: string;
  /** ISO date on which the pin was checked. */
  readonly readOn: string;
}

const pin = (repository: string, chart: string, version: string, appVersion: string): ChartPin => ({
  chart,
  repository,
  version,
  appVersion,
  digest: null,
  verified: false,
  source: '30-platform, 11',
  licence: 'Apache-2.0',
  readOn: '2026-08-31',
});

/** By the name of the chart. */
const PINS: Readonly<Record<ChartName, ChartPin>> = {
  'karpenter-crd': pin('oci://public.ecr.aws/karpenter', 'karpenter-crd', '1.14.1', '1.14.1'),
  karpenter: pin('oci://public.ecr.aws/karpenter', 'karpenter', '1.14.1', '1.14.1'),
  'prometheus-operator-crds': pin('https://prometheus-community.github.io/helm-charts', 'prometheus-operator-crds', '30.0.1', 'v0.93.0'),
  'kube-prometheus-stack': pin('https://prometheus-community.github.io/helm-charts', 'kube-prometheus-stack', '88.5.3', 'v0.93.0'),
  'nvidia-device-plugin': pin('https://nvidia.github.io/k8s-device-plugin', 'nvidia-device-plugin', '0.20.0', '0.20.0'),
  'dcgm-exporter': pin('https://nvidia.github.io/dcgm-exporter/helm-charts', 'dcgm-exporter', '4.8.2', '4.8.2'),
  'cert-manager': pin('oci://quay.io/jetstack/charts', 'cert-manager', 'v1.21.1', 'v1.21.1'),
  'external-secrets': pin('https://charts.external-secrets.io', 'external-secrets', '2.9.0', 'v2.9.0'),
  'aws-load-balancer-controller': pin('https://aws.github.io/eks-charts', 'aws-load-balancer-controller', '3.5.0', 'v3.5.0'),
  'gateway-crds-helm': pin('oci://docker.io/envoyproxy', 'gateway-crds-helm', 'v1.9.0', 'v1.9.0'),
  'gateway-helm': pin('oci://docker.io/envoyproxy', 'gateway-helm', 'v1.9.0', 'v1.9.0'),
  'external-dns': pin('https://kubernetes-sigs.github.io/external-dns', 'external-dns', '1.21.1', 'v0.19.0'),
  keda: pin('https://kedacore.github.io/charts', 'keda', '2.20.2', '2.20.2'),
  kueue: pin('oci://registry.k8s.io/kueue/charts', 'kueue', '0.19.2', 'v0.19.2'),
  'kubeflow-trainer': pin('oci://ghcr.io/kubeflow/charts', 'kubeflow-trainer', '2.3.0', '2.3.0'),
  'argo-workflows': pin('https://argoproj.github.io/argo-helm', 'argo-workflows', '1.0.18', 'v4.0.6'),
  mlflow: pin('oci://ghcr.io/mlflow/charts', 'mlflow', '0.1.1', '3.12.0'),
  'feast-feature-server': pin('https://feast-helm-charts.storage.googleapis.com', 'feast-feature-server', '0.66.0', '0.66.0'),
  opencost: pin('https://opencost.github.io/opencost-helm-chart', 'opencost', '2.5.17', '1.121.0'),
  'aws-for-fluent-bit': pin('https://aws.github.io/eks-charts', 'aws-for-fluent-bit', '0.2.0', '3.0.0'),
};

export const CHARTS: readonly ChartPin[] = Object.values(PINS);

/** Where this chart comes from. */
export function chartPin(chart: ChartName): ChartPin {
  return PINS[chart];
}
