import type { Inputs } from '@pulumi/pulumi';

/** One metric of a GPU. */
export interface DcgmField {
  /** DCGM's name, which is the metric's. */
  readonly field: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
}

const gauge = (field: string, help: string): DcgmField => ({ field: `DCGM_FI_${field}`, type: 'gauge', help });
const counter = (field: string, help: string): DcgmField => ({ field: `DCGM_FI_${field}`, type: 'counter', help });

/** What is watched: each further field is one series for every GPU and pod. */
export const DCGM_FIELDS: readonly DcgmField[] = [
  gauge('DEV_GPU_UTIL', 'GPU utilization (in %)'),
  gauge('DEV_MEM_COPY_UTIL', 'Memory utilization (in %)'),
  gauge('DEV_FB_USED', 'Framebuffer memory used (in MiB)'),
  gauge('DEV_FB_FREE', 'Framebuffer memory free (in MiB)'),
  gauge('DEV_XID_ERRORS', 'Value of the last XID error encountered'),
  gauge('DEV_GPU_TEMP', 'GPU temperature (in C)'),
  gauge('DEV_POWER_USAGE', 'Power draw (in W)'),
  gauge('DEV_POWER_MGMT_LIMIT', 'Power limit (in W)'),
  counter('DEV_TOTAL_ENERGY_CONSUMPTION', 'Total energy consumption since boot (in mJ)'),
  gauge('PROF_GR_ENGINE_ACTIVE', 'Ratio of time the graphics engine is active'),
  gauge('PROF_PIPE_TENSOR_ACTIVE', 'Ratio of cycles the tensor (HMMA) pipe is active'),
  gauge('PROF_DRAM_ACTIVE', 'Ratio of cycles the device memory interface is active sending or receiving data'),
  gauge('DEV_ROW_REMAP_FAILURE', 'Whether remapping of rows has failed'),
  counter('DEV_UNCORRECTABLE_REMAPPED_ROWS', 'Number of remapped rows for uncorrectable errors'),
  counter('DEV_CORRECTABLE_REMAPPED_ROWS', 'Number of remapped rows for correctable errors'),
];

/** Labels of pods that metrics carry: whose model it is. */
const POD_LABELS = ['^app\\.kubernetes\\.io/.*$', '^weir\\.dev/.*$'];

/** What the exporter is told. */
export interface DcgmExporterValues {
  /** Labels of GPU nodes, of all pools. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Readonly<Record<string, string>>[];
}

/** Values of chart `dcgm-exporter`. It runs as root with SYS_ADMIN, which profiling needs: so it lies in the namespace of node agents. */
export function dcgmExporterValues({ nodeSelector, tolerations }: DcgmExporterValues): Inputs {
  const lines = DCGM_FIELDS.map(({ field, type, help }) => `${field}, ${type}, ${help}.`);
  return {
    fullnameOverride: 'dcgm-exporter',
    nodeSelector,
    tolerations,
    resources: { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '512Mi' } }, // the engine holds 200 MiB
    serviceMonitor: { enabled: true, interval: '15s' },
    kubernetes: { enablePodLabels: true, podLabelAllowlistRegex: POD_LABELS },
    customMetrics: lines.join('\n'),
  };
}
