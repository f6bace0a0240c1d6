import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AUDIT_LOG, AUDIT_POLICY, type AuditEvent, readAudit, writeAuditPolicy } from './cluster-audit.ts';
import { type ClusterClient, createClusterClient } from './cluster-client.ts';
import { type CrdSet, fetchedCrds, installCrds, MODEL_CRDS } from './cluster-crds.ts';
import { type KeptProcess, keepProcess, onFreePorts, untilReady } from './kept-process.ts';
import { missingTool, toolsFolder } from './tools.ts';

/** A real API server with its store, and nothing else: no controllers, no scheduler, no nodes. What is created stays as it was written. */
export interface Cluster extends ClusterClient, AsyncDisposable {
  /** What it was asked to change, by its own record, in the order in which that was done. */
  audit(): readonly AuditEvent[];
  /** A file that leads kubectl, controllers and helm to it, as the tests' own user. It goes with the cluster. */
  readonly kubeconfig: string;
}

export interface ClusterOptions {
  /** Which of the fetched CRDs are installed. Default: those of what models need. */
  readonly crds?: readonly CrdSet[];
  /** YAML files of further CRDs, one CRD in each. */
  readonly crdFiles?: readonly string[];
}

/** Why there is no cluster here, for `describe.skipIf`; null when there can be one. @throws under `CI` */
export function clusterMissing(): string | null {
  const servers = ['kube-apiserver', 'etcd'].map((name) => join(binaries(), name));
  return missingTool('kubernetes', servers) ?? missingTool('crds', [join(toolsFolder(), 'crds', 'pins')]);
}

/**
 * Starts etcd and kube-apiserver on loopback ports, with their data in a folder of their own, and installs the CRDs: 4 s on two cores, 0.5 GB of
 * memory. One for a test file (`beforeAll`). Both end with this process, however it ends. @throws in the servers' words
 */
export async function startCluster({ crds = MODEL_CRDS, crdFiles = [] }: ClusterOptions = {}): Promise<Cluster> {
  return await onFreePorts(2, async ([etcdPort = 0, port = 0]) => {
    const servers: KeptProcess[] = [];
    const end = async (): Promise<void> => void (await Promise.all(servers.map((server) => server.stop())));
    try {
      const client = await startServers(servers, etcdPort, port);
      await installCrds(client, [...fetchedCrds(crds), ...crdFiles]);
      const close = async (): Promise<void> => {
        await client.close();
        await end();
      };
      return { ...client, close, [Symbol.asyncDispose]: close };
    } catch (error) {
      await end();
      throw error;
    }
  });
}

/** The user's own envtest folder when it has both servers, else what test/servers/install.sh built. */
function binaries(): string {
  const own = process.env.KUBEBUILDER_ASSETS ?? '';
  return own !== '' && ['kube-apiserver', 'etcd'].every((name) => existsSync(join(own, name))) ? own : join(toolsFolder(), 'bin');
}

/** Puts each into the list as soon as it runs; the API server takes requests when it resolves. */
async function startServers(servers: KeptProcess[], etcdPort: number, port: number): Promise<ClusterClient & Pick<Cluster, 'kubeconfig' | 'audit'>> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-cluster-'));
  const token = writeSecrets(folder);
  writeAuditPolicy(folder);
  const etcd = `http://127.0.0.1:${etcdPort}`;
  servers.push(keepProcess({ command: join(binaries(), 'etcd'), args: etcdArgs(etcd), folder }));
  servers.push(keepProcess({ command: join(binaries(), 'kube-apiserver'), args: apiServerArgs(etcd, port), folder }));
  const certificates = join(folder, 'certificates');
  await untilReady(servers, 60, async () => existsSync(join(certificates, 'apiserver.key'))); // the server signs its own; the key is written last
  const server = `https://127.0.0.1:${port}`;
  const certificate = readFileSync(join(certificates, 'apiserver.crt'), 'utf8');
  const client = createClusterClient(server, token, certificate);
  await untilReady(servers, 60, async () => {
    await client.request({ method: 'GET', path: '/readyz' });
    return (await client.get({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } })) !== null; // made soon after that
  });
  return { ...client, kubeconfig: writeKubeconfig(folder, { server, token, certificate }), audit: () => readAudit(folder) };
}

/** JSON is YAML. */
function writeKubeconfig(folder: string, access: { readonly server: string; readonly token: string; readonly certificate: string }): string {
  const path = join(folder, 'kubeconfig');
  const cluster = { server: access.server, 'certificate-authority-data': Buffer.from(access.certificate).toString('base64') };
  const entries = { clusters: [{ name: 'test', cluster }], users: [{ name: 'test', user: { token: access.token } }] };
  const contexts = [{ name: 'test', context: { cluster: 'test', user: 'test' } }];
  writeFileSync(path, JSON.stringify({ apiVersion: 'v1', kind: 'Config', ...entries, contexts, 'current-context': 'test' }), { mode: 0o600 });
  return path;
}

/** What the API server signs service accounts with, and the token of the tests' own user, which is returned. */
function writeSecrets(folder: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  writeFileSync(join(folder, 'service-account.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const token = randomBytes(16).toString('hex');
  writeFileSync(join(folder, 'tokens.csv'), `${token},weir-test,weir-test,system:masters\n`, { mode: 0o600 });
  return token;
}

function etcdArgs(address: string): readonly string[] {
  return [
    '--data-dir=data',
    `--listen-client-urls=${address}`,
    `--advertise-client-urls=${address}`,
    '--listen-peer-urls=http://127.0.0.1:0', // it has no peers
    '--unsafe-no-fsync', // its data lives as long as the test: it need not reach the disk
  ];
}

function apiServerArgs(etcd: string, port: number): readonly string[] {
  return [
    `--etcd-servers=${etcd}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    '--endpoint-reconciler-type=none', // a loopback address is none of a service's
    '--cert-dir=certificates',
    '--token-auth-file=tokens.csv',
    `--audit-policy-file=${AUDIT_POLICY}`,
    `--audit-log-path=${AUDIT_LOG}`,
    '--authorization-mode=RBAC',
    '--request-timeout=5m', // CRDs that come all at once wait for each other longer than the minute that is usual
    '--service-account-key-file=service-account.key',
    '--service-account-signing-key-file=service-account.key',
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--disable-admission-plugins=ServiceAccount', // no controller makes the account `default` that it wants for a pod
  ];
}
