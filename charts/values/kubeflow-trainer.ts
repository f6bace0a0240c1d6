import type { Inputs } from '@pulumi/pulumi';

export interface TrainerValuesArgs {
  /** Of the Trainer's controller. */
  readonly replicas: number;
  /** Of JobSet, which comes with the chart, as its image is tagged. */
  readonly jobsetVersion: string;
}

/** One JobSet controller is enough: it is a part of the chart that takes no spread, and jobs that run do not need it. */
const RESOURCES = { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '512Mi' } };

/** Trainer with JobSet. Its runtimes are ours (components/training/runtimes.ts): the chart's are applied by a Job that fetches kubectl from the internet. */
export function trainerValues({ replicas, jobsetVersion }: TrainerValuesArgs): Inputs {
  return {
    crds: { enabled: true },
    manager: {
      replicas,
      resources: RESOURCES,
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true, // certificates and configuration are mounted, nothing is written
        runAsNonRoot: true,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      },
    },
    jobset: {
      install: true,
      image: { repository: 'registry.k8s.io/jobset/jobset', tag: jobsetVersion, pullPolicy: 'IfNotPresent' }, // the chart's default is a staging image
      controller: {
        replicas,
        resources: RESOURCES,
        podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
      },
    },
    runtimes: { defaultEnabled: false },
  };
}
