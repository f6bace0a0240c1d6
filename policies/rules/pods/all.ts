import type { Rule } from '../../rule.ts';
import { disruptTrainingOnly } from './disrupt-training-only.ts';
import { imageDigest } from './image-digest.ts';
import { imageNotLatest } from './image-not-latest.ts';
import { imageRegistry } from './image-registry.ts';
import { podDropAll } from './pod-drop-all.ts';
import { podGpuTolerates } from './pod-gpu-tolerates.ts';
import { podKernelDefaults } from './pod-kernel-defaults.ts';
import { podMemoryLimit } from './pod-memory-limit.ts';
import { podNoEscalation } from './pod-no-escalation.ts';
import { podNoHost } from './pod-no-host.ts';
import { podNonRoot } from './pod-non-root.ts';
import { podProbes } from './pod-probes.ts';
import { podRequests } from './pod-requests.ts';
import { podRoRoot } from './pod-ro-root.ts';
import { podSeccomp } from './pod-seccomp.ts';

export const PODS_RULES: readonly Rule[] = [
  podNonRoot,
  podDropAll,
  podNoEscalation,
  podRoRoot,
  podSeccomp,
  podNoHost,
  podKernelDefaults,
  podProbes,
  podMemoryLimit,
  podRequests,
  podGpuTolerates,
  imageDigest,
  imageNotLatest,
  imageRegistry,
  disruptTrainingOnly,
];
