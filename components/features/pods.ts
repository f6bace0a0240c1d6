import type { Input, Inputs } from '@pulumi/pulumi';
import { REGISTRY_TTL_SECONDS, STORE_VARIABLES } from './feature-store.ts';
import { FEAST } from './plan.ts';

/** What every pod of Feast's is made of. */
export interface FeastPods {
  readonly image: Input<string>;
  /** By variable: what `feature_store.yaml` names, but for the database's user and password, which come from the Secret. */
  readonly environment: Readonly<Record<string, Input<string>>>;
  /** Of the text: another one starts the pods again. */
  readonly storeDigest: string;
}

const STORE_FOLDER = '/etc/feast';
const LABELS = { 'app.kubernetes.io/name': 'feast' };
export const SERVER_LABELS = { ...LABELS, 'app.kubernetes.io/component': 'server' };

/** Of a server: one CPU, so that three processes keep it busy (2 x CPU + 1: 30-platform, 3.4). At rest they have 630 MB with their parent (measured, Feast 0.66); views and answers come on top. */
const WORKERS = 3;
const SERVER_RESOURCES = { requests: { cpu: '1', memory: '1536Mi' }, limits: { memory: '3Gi' } };
/** A materialisation holds a view's new rows in memory. */
const JOB_RESOURCES = { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '4Gi' } };
/** Three processes import Feast, half a minute on a busy CPU (measured). */
const STARTUP = { periodSeconds: 5, failureThreshold: 36 };

/** The Deployment's `spec`; its replicas belong to the autoscaler. */
export function serverSpec(pods: FeastPods): Inputs & { selector: Inputs; template: Inputs } {
  const probe = { httpGet: { path: '/health', port: 'http' }, timeoutSeconds: 5 };
  const command = ['feast', 'serve', '--host', '0.0.0.0', '--port', String(FEAST.port), '--workers', String(WORKERS)];
  const server = {
    ...container(pods, 'server', [...command, '--registry_ttl_sec', String(REGISTRY_TTL_SECONDS), '--no-access-log', '--metrics']),
    ports: [
      { name: 'http', containerPort: FEAST.port },
      { name: 'metrics', containerPort: FEAST.metricsPort },
    ],
    startupProbe: { ...probe, ...STARTUP },
    readinessProbe: { ...probe, periodSeconds: 5 },
    livenessProbe: { ...probe, periodSeconds: 20, failureThreshold: 6 },
    resources: SERVER_RESOURCES,
    lifecycle: { preStop: { sleep: { seconds: 10 } } }, // endpoints forget the pod before it stops listening
  };
  const spread = (topologyKey: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: SERVER_LABELS },
  });
  return {
    selector: { matchLabels: SERVER_LABELS },
    strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    template: {
      metadata: { labels: SERVER_LABELS, annotations: { 'weir.dev/store': pods.storeDigest } },
      spec: {
        ...podSpec([server]),
        terminationGracePeriodSeconds: 40,
        topologySpreadConstraints: [spread('topology.kubernetes.io/zone'), spread('kubernetes.io/hostname')],
      },
    },
  };
}

/** Tables, project and permissions, before a server asks for them. */
export function setUpSpec(pods: FeastPods): Inputs & { template: Inputs } {
  const job = { ...container(pods, 'set-up', ['python', '-m', 'weir_permissions']), resources: JOB_RESOURCES };
  const labels = { ...LABELS, 'app.kubernetes.io/component': 'set-up' };
  return { backoffLimit: 3, activeDeadlineSeconds: 600, template: { metadata: { labels }, spec: { ...podSpec([job]), restartPolicy: 'Never' } } };
}

/**
 * Every hour what is new goes from the offline to the online store; what an hour missed, the next one brings. In a Job, since in the server it would take
 * the memory that requests need (30-platform, 3.4).
 */
export function materialisationSpec(pods: FeastPods): Inputs & { schedule: string; jobTemplate: Inputs } {
  const upToNow = 'exec feast materialize-incremental "$(date -u +%Y-%m-%dT%H:%M:%S)"';
  const job = { ...container(pods, 'materialise', ['sh', '-c', upToNow]), resources: JOB_RESOURCES };
  const labels = { ...LABELS, 'app.kubernetes.io/component': 'materialise' };
  const template = { metadata: { labels }, spec: { ...podSpec([job]), restartPolicy: 'Never' } };
  return {
    schedule: '7 * * * *', // not at the full hour, when everything else starts
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: 1200,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 3,
    jobTemplate: { spec: { backoffLimit: 1, activeDeadlineSeconds: 3300, template } },
  };
}

function container({ image, environment }: FeastPods, name: string, command: readonly string[]): Inputs {
  const fromSecret = (variable: string, key: string) => ({ name: variable, valueFrom: { secretKeyRef: { name: FEAST.databaseSecret, key } } });
  return {
    name,
    image,
    command,
    env: [
      { name: 'FEAST_FS_YAML_FILE_PATH', value: `${STORE_FOLDER}/feature_store.yaml` },
      ...Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
      fromSecret(STORE_VARIABLES.databaseUser, 'username'),
      fromSecret(STORE_VARIABLES.databasePassword, 'password'),
    ],
    volumeMounts: [
      { name: 'store', mountPath: STORE_FOLDER, readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
    ],
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  };
}

function podSpec(containers: readonly Inputs[]): Inputs {
  return {
    serviceAccountName: FEAST.account,
    securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
    containers,
    volumes: [
      { name: 'store', configMap: { name: FEAST.storeConfig } },
      { name: 'tmp', emptyDir: { sizeLimit: '2Gi' } },
    ],
  };
}
