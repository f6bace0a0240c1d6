import type { Input, Inputs } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';

export interface MlflowValuesArgs {
  /** 2 outside dev. */
  readonly replicas: number;
  /** Weir's image of MLflow. */
  readonly image: { readonly repository: Input<string> /** `sha256:…`. */; readonly digest: string };
  readonly serviceAccount: string;
  /** Of the bucket: boto3 asks for it, and reads no AWS_REGION. */
  readonly region: string;
  /** Names that the server answers to; a pattern such as `mlflow.mlflow:*` takes any port. */
  readonly hosts: readonly string[];
  /** `https://mlflow.<domain>`: where pages that call the server come from. */
  readonly origin: string;
  /** `s3://<bucket>/<prefix>`. */
  readonly artifacts: Input<string>;
  /** Key `uri`: of runs; `auth-uri`: of users. */
  readonly databaseSecret: string;
  /** Keys `password` and `flask-secret-key`. */
  readonly adminSecret: string;
}

/** What makes the server find its users: written by an init container (image/mlflow/weir_mlflow.py). */
const AUTH_FOLDER = '/auth';
const AUTH_FILE = `${AUTH_FOLDER}/basic_auth.ini`;
const RESTRICTED = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true, capabilities: { drop: ['ALL'] } };

/**
 * MLflow's server. The chart's own NetworkPolicy, migration, garbage collection and metrics stay off: components/registry says why, and has the
 * first two itself.
 */
export function mlflowValues(args: MlflowValuesArgs): Inputs {
  return {
    fullnameOverride: 'mlflow',
    replicaCount: args.replicas,
    // the chart joins both by a colon: this is repository@sha256:…, so that the tag cannot move
    image: {
      repository: pulumi.interpolate`${args.image.repository}@sha256`,
      tag: args.image.digest.replace(/^sha256:/, ''),
      pullPolicy: 'IfNotPresent',
    },
    server: {
      value_options: {
        host: '0.0.0.0',
        port: 5000,
        workers: 4,
        allowed_hosts: args.hosts.join(','), // any other Host is answered 403; probes' /health is not asked
        cors_allowed_origins: args.origin,
        x_frame_options: 'DENY',
        app_name: 'basic-auth',
      },
      flag_options: ['serve_artifacts'],
    },
    mlflow: { backendStoreUriFrom: { secretKeyRef: { name: args.databaseSecret, key: 'uri' } }, artifactsDestination: args.artifacts },
    env: [
      { name: 'AWS_DEFAULT_REGION', value: args.region },
      { name: 'MLFLOW_AUTH_CONFIG_PATH', value: AUTH_FILE },
      { name: 'MLFLOW_FLASK_SERVER_SECRET_KEY', valueFrom: { secretKeyRef: { name: args.adminSecret, key: 'flask-secret-key' } } }, // one for all replicas, or a form of one is refused by the other
    ],
    extraInitContainers: [configure(args)],
    extraVolumes: [{ name: 'auth', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }],
    extraVolumeMounts: [{ name: 'auth', mountPath: AUTH_FOLDER, readOnly: true }],
    serviceAccount: { create: false, name: args.serviceAccount }, // it has the role, and the migration runs before the chart is there
    podSecurityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    securityContext: RESTRICTED,
    resources: { requests: { cpu: '500m', memory: '1536Mi' }, limits: { memory: '3Gi' } }, // five processes of about 250 MiB (measured, 3.12) and what artifacts pass through
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 1,
            podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'mlflow' } } },
          },
        ],
      },
    },
    migrations: { enabled: false },
    garbageCollection: { enabled: false },
    networkPolicy: { enabled: false },
    metrics: { enabled: false },
  };
}

function configure({ image, databaseSecret, adminSecret }: MlflowValuesArgs): Inputs {
  return {
    name: 'configure',
    image: pulumi.interpolate`${image.repository}@${image.digest}`,
    command: ['python', '/weir/weir_mlflow.py', 'configure'],
    env: [
      { name: 'WEIR_AUTH_FILE', value: AUTH_FILE },
      { name: 'WEIR_AUTH_URI', valueFrom: { secretKeyRef: { name: databaseSecret, key: 'auth-uri' } } },
      { name: 'WEIR_ADMIN_PASSWORD', valueFrom: { secretKeyRef: { name: adminSecret, key: 'password' } } },
    ],
    volumeMounts: [{ name: 'auth', mountPath: AUTH_FOLDER }],
    securityContext: RESTRICTED,
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
  };
}
