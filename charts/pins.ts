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
  | 'gateway-helm'
  | 'external-dns'
  | 'keda'
  | 'kueue'
  | 'kubeflow-trainer'
  | 'argo-workflows'
  | 'mlflow'
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
  /** Whether chart and version were seen by us where `source` says: in a Go module, in the index or at the tag of the chart's own repository. */
  readonly verified: boolean;
  readonly source: string;
  /** SPDX. */
  readonly licence: string;
  /** ISO date on which the pin was checked. */
  readonly readOn: string;
}

type Given = Pick<ChartPin, 'repository' | 'version' | 'source'> & {
  readonly appVersion?: string;
  readonly sha256?: string;
  readonly licence?: string;
};

/** The day on which every pin was looked at; newer versions that were heard of, but not seen, are in docs/charts.md. */
const READ_ON = '2026-11-21';

const pin = (chart: ChartName, { repository, version, appVersion = version, source, sha256 }: Given): ChartPin => ({
  chart,
  repository,
  version,
  appVersion,
  digest: sha256 === undefined ? null : `sha256:${sha256}`,
  verified: true,
  source,
  licence: 'Apache-2.0', // of every chart: read in each one's repository or module
  readOn: READ_ON,
});

/** Registries of OCI artifacts publish no list of digests: theirs is null. */
const karpenter = {
  repository: 'oci://public.ecr.aws/karpenter',
  version: '1.14.1',
  source: 'Go module github.com/aws/karpenter-provider-aws@v1.14.1, charts/',
} as const;
const gateway = {
  repository: 'oci://docker.io/envoyproxy',
  version: 'v1.9.1',
  source: 'Go module github.com/envoyproxy/gateway@v1.9.1, charts/',
} as const;
const prometheus = 'https://prometheus-community.github.io/helm-charts';
const eks = 'https://aws.github.io/eks-charts';

/** By the name of the chart. */
const PINS: Readonly<Record<ChartName, ChartPin>> = {
  'karpenter-crd': pin('karpenter-crd', karpenter),
  karpenter: pin('karpenter', karpenter),
  'prometheus-operator-crds': pin('prometheus-operator-crds', {
    repository: prometheus,
    version: '31.0.1', // of the operator that kube-prometheus-stack brings, to the patch: 30.0.1 has the kinds of 0.92
    appVersion: 'v0.93.1',
    source: 'prometheus-community/helm-charts, tag prometheus-operator-crds-31.0.1',
  }),
  'kube-prometheus-stack': pin('kube-prometheus-stack', {
    repository: prometheus,
    version: '88.5.3',
    appVersion: 'v0.93.1',
    source: 'prometheus-community/helm-charts, tag kube-prometheus-stack-88.5.3',
  }),
  'nvidia-device-plugin': pin('nvidia-device-plugin', {
    repository: 'https://nvidia.github.io/k8s-device-plugin',
    version: '0.20.0',
    source: 'NVIDIA/k8s-device-plugin, index of gh-pages',
    sha256: '9e5642bcdd3805c6e931f9d3ca542677d1f714d68c14c1364892011e67d9a606',
  }),
  'dcgm-exporter': pin('dcgm-exporter', {
    repository: 'https://nvidia.github.io/dcgm-exporter/helm-charts',
    version: '4.8.2',
    source: 'NVIDIA/dcgm-exporter, index of gh-pages',
    sha256: '1c5535c03ebab3f021444df6016fce1cd7871385122e115c6ed24c804b623803',
  }),
  'cert-manager': pin('cert-manager', {
    repository: 'oci://quay.io/jetstack/charts',
    version: 'v1.21.2',
    source: 'Go module github.com/cert-manager/cert-manager@v1.21.2, deploy/charts/',
  }),
  'external-secrets': pin('external-secrets', {
    repository: 'https://charts.external-secrets.io',
    version: '2.9.0',
    appVersion: 'v2.9.0',
    source: 'external-secrets/external-secrets, index of gh-pages',
    sha256: 'da2d5c126a103b4c1b16a9dc1c168c4332a3687144e88ac070e594f81a0b6578',
  }),
  'aws-load-balancer-controller': pin('aws-load-balancer-controller', {
    repository: eks,
    version: '3.5.0',
    appVersion: 'v3.5.0',
    source: 'aws/eks-charts, index of gh-pages',
    sha256: '45051f634b33e10baccb3354d0681b7de787c60445e599fa276e0c9aedd4ccd5',
  }),
  'gateway-helm': pin('gateway-helm', gateway),
  'external-dns': pin('external-dns', {
    repository: 'https://kubernetes-sigs.github.io/external-dns',
    version: '1.21.1',
    appVersion: '0.21.0',
    source: 'Go module sigs.k8s.io/external-dns@v0.22.0, charts/',
  }),
  keda: pin('keda', {
    repository: 'https://kedacore.github.io/charts',
    version: '2.20.2',
    source: 'kedacore/charts, docs/index.yaml',
    sha256: 'db60b1fa60f0565fefa4ce2f87e855b6a8854363ee82962fbe28a12a70d64c4c',
  }),
  kueue: pin('kueue', {
    repository: 'oci://registry.k8s.io/kueue/charts',
    version: '0.19.2',
    appVersion: 'v0.19.2',
    source: 'Go module sigs.k8s.io/kueue@v0.19.2, charts/',
  }),
  'kubeflow-trainer': pin('kubeflow-trainer', {
    repository: 'oci://ghcr.io/kubeflow/charts',
    version: '2.3.0',
    source: 'Go module github.com/kubeflow/trainer/v2@v2.3.0, charts/; its JobSet: Go module sigs.k8s.io/jobset@v0.12.0, charts/',
  }),
  'argo-workflows': pin('argo-workflows', {
    repository: 'https://argoproj.github.io/argo-helm',
    version: '1.0.18',
    appVersion: 'v4.0.6',
    source: 'argoproj/argo-helm, index of gh-pages',
    sha256: '761537c760643cfa0a8ba464d7f17c7b47eca5c52fd322a7aa608949a0f0bb7f',
  }),
  mlflow: pin('mlflow', {
    repository: 'oci://ghcr.io/mlflow/charts',
    version: '0.1.1',
    appVersion: '3.12.0',
    source: 'mlflow/mlflow, charts/Chart.yaml at 23306fd5da1c',
  }),
  opencost: pin('opencost', {
    repository: 'https://opencost.github.io/opencost-helm-chart',
    version: '2.5.17',
    appVersion: '1.120.1',
    source: 'opencost/opencost-helm-chart, tag opencost-2.5.17', // its index ends at 2.5.14: no digest
  }),
  'aws-for-fluent-bit': pin('aws-for-fluent-bit', {
    repository: eks,
    version: '0.2.0',
    appVersion: '3.2.1',
    source: 'aws/eks-charts, index of gh-pages',
    sha256: '666c244b9cfca211be57cf97d9e224157f581d41f413eb89744575fbc9b8980c',
  }),
};

/** Where this chart comes from. */
export function chartPin(chart: ChartName): ChartPin {
  return PINS[chart];
}

/** Every chart, in the order of installation. */
export function chartNames(): readonly ChartName[] {
  return Object.keys(PINS).filter(isChart);
}

const isChart = (name: string): name is ChartName => Object.hasOwn(PINS, name);
