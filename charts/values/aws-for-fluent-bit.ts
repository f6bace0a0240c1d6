import type { Input, Inputs } from '@pulumi/pulumi';

export interface FluentBitArgs {
  readonly region: string;
  /** The log group: it is there already, with its key and retention. */
  readonly logGroup: Input<string>;
  /** Its role writes to the log group and to nothing else. */
  readonly serviceAccount: string;
}

/** Reads what containers of its node write, and sends it to CloudWatch: a stream for each container. It runs as root, as the files' owner. */
export function fluentBitValues({ region, logGroup, serviceAccount }: FluentBitArgs): Inputs {
  return {
    serviceAccount: { create: true, name: serviceAccount },
    cloudWatchLogs: {
      enabled: true,
      region,
      logGroupName: logGroup,
      logStreamPrefix: 'pods-', // where the template has no value
      logStreamTemplate: "$kubernetes['namespace_name'].$kubernetes['pod_name'].$kubernetes['container_name']",
      autoCreateGroup: false, // one that it made would have neither key nor retention
      autoRetryRequests: true,
    },
    input: { memBufLimit: '25MB', skipLongLines: 'On' },
    tolerations: [{ operator: 'Exists' }],
    priorityClassName: 'system-node-critical',
    volumes: [{ name: 'varlog', hostPath: { path: '/var/log' } }],
    volumeMounts: [{ name: 'varlog', mountPath: '/var/log' }], // its place in each file is kept there, too: a restart sends nothing twice
    containerSecurityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    resources: { requests: { cpu: '50m', memory: '100Mi' }, limits: { memory: '250Mi' } },
    serviceMonitor: { enabled: true, interval: '30s' },
  };
}
