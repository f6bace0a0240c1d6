import { type Case, FRAUD, POD_OF_FRAUD } from './case.ts';

const gpu = 'Hostname="node-1",gpu="0"';
const xid = `DCGM_FI_DEV_XID_ERRORS{${gpu}}`;
const used = `DCGM_FI_DEV_FB_USED{${gpu},${POD_OF_FRAUD}}`;
const free = `DCGM_FI_DEV_FB_FREE{${gpu},${POD_OF_FRAUD}}`;
const busy = `DCGM_FI_PROF_GR_ENGINE_ACTIVE{${gpu},${POD_OF_FRAUD}}`;
const ofGpu = { Hostname: 'node-1', gpu: '0' };
const claim = (status: string) => `operator_nodeclaim_status_condition_count{name="gpu-7",type="Initialized",status="${status}"}`;

export const GPU: readonly Case[] = [
  { alert: 'WeirGpuError', fires: { [xid]: '0x5 79x10' }, quiet: { [xid]: '79x20' }, at: '10m', labels: ofGpu },
  {
    alert: 'WeirGpuMemoryBroken',
    fires: { [`DCGM_FI_DEV_ROW_REMAP_FAILURE{${gpu}}`]: '1x20' },
    quiet: { [`DCGM_FI_DEV_ROW_REMAP_FAILURE{${gpu}}`]: '0x20' },
    at: '10m',
    labels: ofGpu,
  },
  {
    alert: 'WeirGpuMemoryFull',
    fires: { [used]: '97x30', [free]: '3x30' },
    quiet: { [used]: '90x30', [free]: '10x30' },
    at: '20m',
    labels: { ...FRAUD, ...ofGpu },
  },
  { alert: 'WeirGpuIdle', fires: { [busy]: '0.01x60' }, quiet: { [busy]: '0.01x30 0.5x30' }, at: '50m', labels: { ...FRAUD, ...ofGpu } },
  {
    alert: 'WeirGpuIdle', // a GPU that nobody holds is Karpenter's affair
    fires: { [busy]: '0x60' },
    quiet: { [`DCGM_FI_PROF_GR_ENGINE_ACTIVE{${gpu}}`]: '0x60' },
    at: '50m',
    labels: { ...FRAUD, ...ofGpu },
  },
  {
    alert: 'WeirNodeDoesNotComeUp',
    fires: { [claim('Unknown')]: '1x20' },
    quiet: { [claim('Unknown')]: '1x5 0x15', [claim('True')]: '0x5 1x15' },
    at: '15m',
    labels: { name: 'gpu-7' },
  },
  {
    alert: 'WeirNoCapacity',
    fires: { 'karpenter_cloudprovider_errors_total{method="Create",error="InsufficientCapacityError"}': '0+1x60' },
    quiet: { 'karpenter_cloudprovider_errors_total{method="Create",error="NodeClaimNotFoundError"}': '0+1x60' },
    at: '40m',
    labels: { method: 'Create' },
  },
];
