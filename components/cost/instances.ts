/** What one instance has. */
export interface InstanceSize {
  readonly type: string;
  readonly vcpu: number;
  readonly gib: number;
  readonly gpus: number;
}

const sizes = (family: string, gibPerCpu: number): readonly InstanceSize[] =>
  [2, 4, 8, 16].map((vcpu, index) => ({
    type: `${family}.${['large', 'xlarge', '2xlarge', '4xlarge'][index] ?? ''}`,
    vcpu,
    gib: vcpu * gibPerCpu,
    gpus: 0,
  }));

const gpu = (family: string, rows: Readonly<Record<string, readonly [number, number, number]>>): readonly InstanceSize[] =>
  Object.entries(rows).map(([size, [vcpu, gib, gpus]]) => ({ type: `${family}.${size}`, vcpu, gib, gpus }));

/** g5 and g6 differ in the GPU, not in what is around it. */
const G = {
  xlarge: [4, 16, 1],
  '2xlarge': [8, 32, 1],
  '4xlarge': [16, 64, 1],
  '8xlarge': [32, 128, 1],
  '12xlarge': [48, 192, 4],
  '48xlarge': [192, 768, 8],
} as const;

/** Sizes that Karpenter's pools may start and that the price list knows (EC2 instance types, 2026-11). */
export const INSTANCES: readonly InstanceSize[] = [
  ...sizes('c7i', 2),
  ...sizes('m7i', 4),
  ...sizes('r7i', 8),
  ...gpu('g5', G),
  ...gpu('g6', G),
  ...gpu('g6e', {
    xlarge: [4, 32, 1],
    '2xlarge': [8, 64, 1],
    '4xlarge': [16, 128, 1],
    '8xlarge': [32, 256, 1],
    '12xlarge': [48, 384, 4],
    '48xlarge': [192, 1536, 8],
  }),
  ...gpu('p4d', { '24xlarge': [96, 1152, 8] }),
  ...gpu('p5', { '48xlarge': [192, 2048, 8] }),
];
