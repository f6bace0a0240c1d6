import type { Input, Inputs } from '@pulumi/pulumi';

export interface ArgoWorkflowsValuesArgs {
  /** Of the controller and of the server. */
  readonly replicas: number;
  /** Where workflows that ended are kept. */
  readonly database: {
    readonly host: Input<string>;
    readonly name: string;
    /** With keys `username` and `password`. */
    readonly secretName: string;
  };
  /** Where steps leave what they hand on. */
  readonly artifacts: {
    readonly bucket: Input<string>;
    readonly region: string;
    /** S3's, of the region. */
    readonly endpoint: string;
    readonly keyArn: Input<string>;
    /** Begins every key: the namespace follows it. */
    readonly prefix: string;
  };
  /** Carries AWS's certificates at `certificates.path`: what the database's is checked against. */
  readonly certificates: { readonly image: Input<string>; readonly path: string };
  /** Names the queue of each step's pod. */
  readonly queueLabel: string;
  /** Of a tenant, for its steps. */
  readonly workflowServiceAccount: string;
  /** People sign in by OpenID Connect. Default: with a token of Kubernetes's alone. */
  readonly signIn?: {
    readonly issuer: string;
    /** Of the page: `https://argo.<domain>`. */
    readonly url: string;
    /** Key `client-id`. */
    readonly clientIdSecret: string;
    /** Key `client-secret`. */
    readonly clientSecretSecret: string;
  };
}

/** A day: as long as a job of training lasts at most before its node ends (30-platform, 2.3). */
const LONGEST_SECONDS = 86_400;
/** Ours to say: at most two hundred workflows run at once, a tenth of them of one tenant, so that one that submits itself fills neither the API server nor everybody's share. */
const AT_ONCE = { all: 200, tenant: 20 };
/** A day after its end a workflow is in the archive alone: etcd holds no history. */
const KEPT_SECONDS = 86_400;

/** A tenant's queue has the tenant's id, its namespace a prefix more. Argo evaluates it (expr 1.17, which its modules name). */
const QUEUE_OF_THE_NAMESPACE = "{{=trimPrefix(workflow.namespace, 'tenant-')}}";

const RESTRICTED = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
const CERTIFICATES = '/certificates';

/** Argo Workflows' controller and server. Each sees every namespace; whose steps may do what is said by the tenants' own roles. */
export function argoWorkflowsValues(args: ArgoWorkflowsValuesArgs): Inputs {
  return {
    images: { pullPolicy: 'IfNotPresent' }, // tags are releases, which do not move
    crds: { install: true, keep: true, full: false }, // the full ones are fetched from GitHub by a Job; workflows of tenants outlive a release that is replaced
    workflow: { rbac: { create: false }, serviceAccount: { create: false } }, // tenants have their own
    controller: controller(args),
    executor: { resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } }, securityContext: RESTRICTED },
    mainContainer: { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } },
    server: server(args),
    useStaticCredentials: false,
    artifactRepository: artifacts(args.artifacts),
  };
}

function controller(args: ArgoWorkflowsValuesArgs): Inputs {
  return {
    ...certified(args),
    replicas: args.replicas,
    pdb: { enabled: args.replicas > 1, minAvailable: 1 },
    resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } },
    podSecurityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    metricsConfig: { enabled: true },
    serviceMonitor: { enabled: true },
    workflowNamespaces: [],
    parallelism: AT_ONCE.all,
    namespaceParallelism: AT_ONCE.tenant,
    persistence: {
      archive: true,
      archiveTTL: '180d',
      nodeStatusOffLoad: true, // a workflow of more than about 4,000 steps does not fit into etcd's 1.5 MB
      connectionPool: { maxIdleConns: 5, maxOpenConns: 10, connMaxLifetime: '300s' },
      postgresql: {
        host: args.database.host,
        port: 5432,
        database: args.database.name,
        tableName: 'argo_workflows',
        userNameSecret: { name: args.database.secretName, key: 'username' },
        passwordSecret: { name: args.database.secretName, key: 'password' },
        ssl: true,
        sslMode: 'verify-full',
      },
    },
    workflowDefaults: {
      spec: {
        serviceAccountName: args.workflowServiceAccount,
        activeDeadlineSeconds: LONGEST_SECONDS,
        ttlStrategy: { secondsAfterCompletion: KEPT_SECONDS },
        podGC: { strategy: 'OnPodSuccess' }, // a failed step's pod stays for its logs until the workflow goes
        podMetadata: { labels: { [args.queueLabel]: QUEUE_OF_THE_NAMESPACE } },
        podPriorityClassName: 'training',
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      },
    },
  };
}

function server(args: ArgoWorkflowsValuesArgs): Inputs {
  return {
    ...certified(args),
    replicas: args.replicas,
    pdb: { enabled: args.replicas > 1, minAvailable: 1 },
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
    podSecurityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    securityContext: RESTRICTED,
    livenessProbe: { enabled: true },
    authModes: args.signIn === undefined ? ['client'] : ['client', 'sso'], // never `server`: everybody would be the server
    ...(args.signIn === undefined ? {} : { sso: signIn(args.signIn) }),
  };
}

function signIn({ issuer, url, clientIdSecret, clientSecretSecret }: NonNullable<ArgoWorkflowsValuesArgs['signIn']>): Inputs {
  return {
    enabled: true,
    issuer,
    clientId: { name: clientIdSecret, key: 'client-id' },
    clientSecret: { name: clientSecretSecret, key: 'client-secret' },
    redirectUrl: `${url}/oauth2/callback`,
    scopes: ['groups'],
    rbac: { enabled: true }, // a person is the service account whose rule names a group of theirs; without one nothing is shown
  };
}

/** AWS's certificates, copied out of an image that has them: without them nobody could tell the database from somebody in its place. */
function certified({ certificates }: ArgoWorkflowsValuesArgs): Inputs {
  const file = `${CERTIFICATES}/rds.pem`;
  const mount = { name: 'certificates', mountPath: CERTIFICATES };
  return {
    extraInitContainers: [
      {
        name: 'certificates',
        image: certificates.image,
        command: ['cp', certificates.path, file],
        volumeMounts: [mount],
        securityContext: RESTRICTED,
        resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } },
      },
    ],
    volumes: [{ name: 'certificates', emptyDir: { sizeLimit: '1Mi' } }],
    volumeMounts: [{ ...mount, readOnly: true }],
    extraEnv: [{ name: 'PGSSLROOTCERT', value: file }],
  };
}

function artifacts({ bucket, region, endpoint, keyArn, prefix }: ArgoWorkflowsValuesArgs['artifacts']): Inputs {
  return {
    archiveLogs: true,
    s3: {
      bucket,
      region,
      endpoint,
      insecure: false,
      keyFormat: `${prefix}{{workflow.namespace}}/{{workflow.name}}/{{pod.name}}`,
      useSDKCreds: true, // of Pod Identity: minio-go knows it since 7.0.70 (argo-workflows#13800)
      encryptionOptions: { enableEncryption: true, kmsKeyId: keyArn },
    },
  };
}
