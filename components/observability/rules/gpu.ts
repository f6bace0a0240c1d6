import { type AlertRule, named, ofModel, type RuleArgs, type RuleGroup } from './rule.ts';
import { GPU_IDLE_RATIO, GPU_MEMORY_RATIO } from './thresholds.ts';

/** XID errors, memory, nodes that do not come up, idle GPUs. Never pages: a model that suffers says so itself, and idleness is a cost. */
export function gpuRules({ karpenter }: RuleArgs): RuleGroup {
  return { name: 'gpu', recordings: [], alerts: [...broken(), ...used(), ...(karpenter ? nodes() : [])] };
}

function broken(): readonly AlertRule[] {
  return [
    {
      alert: 'WeirGpuError',
      expr: 'changes(DCGM_FI_DEV_XID_ERRORS[15m]) > 0 and DCGM_FI_DEV_XID_ERRORS > 0',
      severity: 'warn',
      summary: 'GPU {{ $labels.gpu }} of {{ $labels.Hostname }} reported XID {{ $value | printf "%.0f" }}',
      description:
        "13, 31, 43 and 45 are a program's fault; 48, 63, 64, 74, 79, 92, 94 and 95 are the hardware's. EKS's node monitoring replaces a node whose hardware failed.",
    },
    {
      alert: 'WeirGpuMemoryBroken',
      expr: 'DCGM_FI_DEV_ROW_REMAP_FAILURE == 1',
      for: '5m',
      severity: 'warn',
      summary: 'GPU {{ $labels.gpu }} of {{ $labels.Hostname }} has broken memory that it cannot replace',
      description: 'Results may be wrong, and the driver will refuse the GPU after its next reset. The node has to go.',
    },
  ];
}

function used(): readonly AlertRule[] {
  const memory = 'DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE)';
  const busy = 'avg_over_time(DCGM_FI_PROF_GR_ENGINE_ACTIVE{weir_dev_tenant!=""}[30m])';
  const of = 'by (tenant, model, Hostname, gpu)';
  return [
    ofModel({
      alert: 'WeirGpuMemoryFull',
      expr: `max ${of} (${named(`${memory} and DCGM_FI_DEV_FB_USED{weir_dev_tenant!=""}`)}) > ${GPU_MEMORY_RATIO}`,
      for: '10m',
      severity: 'warn',
      summary: '{{ $value | humanizePercentage }} of the memory of GPU {{ $labels.gpu }} of {{ $labels.Hostname }} is in use',
      description: 'The next larger batch fails with "out of memory". vLLM takes what it is given by design: raise the alert there, not the GPU.',
    }),
    ofModel({
      alert: 'WeirGpuIdle',
      expr: `max ${of} (${named(busy)}) < ${GPU_IDLE_RATIO}`,
      for: '5m',
      severity: 'warn',
      summary:
        '{{ $labels.tenant }}{{ if $labels.model }}/{{ $labels.model }}{{ end }} holds a GPU and used {{ $value | humanizePercentage }} of it in half an hour',
      description: 'It is paid by the hour whether it is used or not. Nobody is woken, and Weir takes nothing away.',
    }),
  ];
}

function nodes(): readonly AlertRule[] {
  return [
    {
      alert: 'WeirNodeDoesNotComeUp',
      expr: 'max by (name) (operator_nodeclaim_status_condition_count{type="Initialized",status!="True"}) > 0',
      for: '10m',
      severity: 'warn',
      summary: 'Node {{ $labels.name }} was started ten minutes ago and takes no pods',
      description:
        'It bills, and its pods wait: often the device plugin is missing, or the node could not join. Karpenter ends it after 15 minutes if it never registered.',
    },
    {
      alert: 'WeirNoCapacity',
      expr: 'sum by (method) (increase(karpenter_cloudprovider_errors_total{error=~".*InsufficientCapacity.*"}[15m])) > 0',
      for: '15m',
      severity: 'warn',
      summary: 'AWS has none of the instances that pods wait for',
      description: 'Karpenter tries every type, zone and way of buying that the pool allows, and tries again. Pods that need these wait meanwhile.',
    },
  ];
}
