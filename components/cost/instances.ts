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

/** Sizes that Karpenter's pools may start and that the price list knows (EC2 instance types, 2026-11). */
export const INSTANCES: readonly InstanceSize[] = [
  ...sizes('c7i', 2),
  ...sizes('m7i', 4),
  ...sizes('r7i', 8),
  ...gpu('g5', {
    xlarge: [4, 16, 1],
    '2xlarge': [8, 32, 1],
    '4xlarge': [16, 64, 1],
    '8xlarge': [32, 128, 1],
    '12xlarge': [48, 192, 4],
    '48xlarge': [192, 768, 8],
  }),
  ...gpu('g6', {
    xlarge: [4, 16, 1],
    '2xlarge': [8, 32, 1],
    '4xlarge': [16, 64, 1],
    '8xlarge': [32, 128, 1],
    '12xlarge': [48, 192, 4],
    '48xlarge': [192, 768, 8],
  }),
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

/** The family that has a kind of GPU. */
export const FAMILY_OF: Readonly<Record<string, string>> = { a10g: 'g5', l4: 'g6', l40s: 'g6e', a100: 'p4d', h100: 'p5' };
