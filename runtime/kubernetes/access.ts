import { readFile } from 'node:fs/promises';
import { ArgsError, messageOf } from '../errors.ts';

/** How a process reaches the API server that its pod belongs to. */
export interface ApiAccess {
  readonly host: string;
  readonly port: number;
  /** Files of the pod's own: the kubelet renews the token long before its hour is over, so both are read again for every round. */
  readonly tokenFile: string;
  readonly caFile: string;
}

/** What a request needs at one moment. */
export interface Credentials {
  readonly token: string;
  /** PEM. */
  readonly ca: string;
}

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** @throws ArgsError outside of a pod */
export function accessOf(env: Readonly<Record<string, string | undefined>>): ApiAccess {
  const host = env.KUBERNETES_SERVICE_HOST ?? '';
  const port = env.KUBERNETES_SERVICE_PORT ?? '';
  if (host === '' || !/^\d{1,5}$/.test(port)) {
    const remedy = 'Run it in a pod, or name an API server by KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT.';
    throw new ArgsError('KUBERNETES_SERVICE_HOST', host === '' ? 'is not set' : `is set, and KUBERNETES_SERVICE_PORT is "${port}"`, remedy);
  }
  const folder = env.WEIR_SERVICE_ACCOUNT ?? ACCOUNT;
  return { host, port: Number(port), tokenFile: `${folder}/token`, caFile: `${folder}/ca.crt` };
}

/** @throws ArgsError when a file cannot be read */
export async function readCredentials({ tokenFile, caFile }: ApiAccess): Promise<Credentials> {
  const read = (file: string): Promise<string> =>
    readFile(file, 'utf8').catch((error: unknown) => {
      throw new ArgsError(file, `cannot be read: ${messageOf(error)}`, 'Give the pod a service account with its token mounted.', { cause: error });
    });
  const [token, ca] = await Promise.all([read(tokenFile), read(caFile)]);
  return { token: token.trim(), ca };
}
