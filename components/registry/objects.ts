import type { Input, Inputs } from '@pulumi/pulumi';
import { TENANT_LABEL } from '../../runtime/model/render/names.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { MLFLOW } from './plan.ts';

/** Tables of runs and of users, before a server asks for them (image/mlflow/weir_mlflow.py). */
export function migrationSpec(image: Input<string>): Inputs & { template: Inputs } {
  const fromSecret = (name: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: MLFLOW.databaseSecret, key } } });
  return {
    backoffLimit: 3,
    activeDeadlineSeconds: 840, // an upgrade of tables with millions of rows takes minutes; below the 15 that Pulumi waits
    template: {
      metadata: { labels: { 'app.kubernetes.io/name': 'mlflow', 'app.kubernetes.io/component': 'migration' } },
      spec: {
        restartPolicy: 'Never',
        serviceAccountName: MLFLOW.account,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'migration',
            image,
            command: ['python', '/weir/weir_mlflow.py', 'migrate'],
            env: [fromSecret('WEIR_URI', 'uri'), fromSecret('WEIR_AUTH_URI', 'auth-uri')],
            volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
            securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
            resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } },
          },
        ],
        volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '256Mi' } }],
      },
    },
  };
}

/** In: the gateway, tenants and Weir's own runtime. Out: names, Postgres, S3, and the agent that gives pods their credentials. The chart's own lets everybody in, and pods not to that agent. */
export function registryTraffic(port: number): Inputs & { podSelector: Inputs } {
  const tcp = (number: number) => ({ protocol: 'TCP', port: number });
  const namespaces = [NAMESPACES.gateway, NAMESPACES.runtime];
  return {
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'mlflow' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [
          { namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: namespaces }] } },
          { namespaceSelector: { matchExpressions: [{ key: TENANT_LABEL, operator: 'Exists' }] } },
        ],
        ports: [tcp(port)],
      },
    ],
    egress: [
      { ports: [{ protocol: 'UDP', port: 53 }, tcp(53)] },
      { ports: [tcp(443), tcp(5432)] },
      { to: [{ ipBlock: { cidr: '169.254.170.23/32' } }], ports: [tcp(80)] },
    ],
  };
}
