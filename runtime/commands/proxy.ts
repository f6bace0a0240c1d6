import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { ArgsError } from '../errors.ts';
import { KnownModels } from '../fallback/known-models.ts';
import { fallbackMetrics } from '../fallback/metrics.ts';
import { adminServer, fallbackServer, listen } from '../fallback/server.ts';
import { accessOf } from '../kubernetes/access.ts';
import { openApi } from '../kubernetes/get.ts';
import { createIds } from '../proxy/ids.ts';
import { DEFAULT_LIMITS } from '../proxy/limits.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { type Command, EXIT, type Surroundings } from './command.ts';
import type { Given } from './flags.ts';

const PORT = 8_080;
const ADMIN_PORT = 8_081;
/** Seconds between lists: a model is known here before its first pod is up, and two processes ask for 10 MB a minute with a thousand models. */
const PERIOD_SECONDS = 60;
/** A page of 500 models with their statuses has 5 MB; 64 says that it is no list of models. */
const API = { timeoutMs: 15_000, maxBytes: 64 << 20 };

/** The proxies outside of the models' pods (components/runtime). */
export const proxyCommand: Command = {
  name: 'proxy',
  summary: 'answers the declared fallbacks of models of which no pod lives',
  flags: [
    { name: 'fallback', value: null, meaning: 'required: no other proxy is in this image yet' },
    { name: 'port', value: 'port', meaning: `where the gateway asks; default ${PORT}` },
    { name: 'admin-port', value: 'port', meaning: `/healthz, /readyz and /metrics; default ${ADMIN_PORT}` },
    { name: 'host', value: 'address', meaning: 'which it listens on; default 0.0.0.0' },
    { name: 'period', value: 'seconds', meaning: `between two lists of the models; default ${PERIOD_SECONDS}` },
    { name: 'max-body-mib', value: 'MiB', meaning: 'the longest request; default 1' },
  ],
  variables: [
    { name: 'KUBERNETES_SERVICE_HOST', meaning: 'the API server; the kubelet sets it, with KUBERNETES_SERVICE_PORT' },
    { name: 'WEIR_SERVICE_ACCOUNT', meaning: 'folder of token and ca.crt; default /var/run/secrets/kubernetes.io/serviceaccount' },
  ],
  run: async (given, around) => {
    if (!given.has('fallback')) throw new ArgsError('--fallback', 'is missing', 'The proxy beside a model comes with its way to Kafka.');
    return await serve(given, around);
  },
};

async function serve(given: Given, { env, say, stop }: Surroundings): Promise<number> {
  const access = accessOf(env);
  const registry = createMetrics();
  const known = new KnownModels({
    open: () => openApi(access, API),
    periodSeconds: given.number('period', 1, PERIOD_SECONDS),
    random: Math.random,
    monotonic: () => performance.now(),
    pause: (ms) => pause(ms, undefined, { signal: stop }).catch(() => undefined), // it rejects when the process ends
    stop,
    say: (line) => say(`proxy: ${line}`),
  });
  const limits = { ...DEFAULT_LIMITS, maxBodyBytes: given.number('max-body-mib', 1, 1) * 1_048_576 };
  const counts = fallbackMetrics(registry, known);
  const host = given.value('host') ?? '0.0.0.0';
  const server = fallbackServer({ known, counts, limits, nextId: createIds(Date.now) });
  const front = await listen(server, given.number('port', 0, PORT), host);
  const admin = await listen(adminServer(registry, known, stop), given.number('admin-port', 0, ADMIN_PORT), host);
  say(`proxy: fallbacks at ${host}:${front.port}, health and metrics at ${host}:${admin.port}`);
  const kept = known.keep();
  if (!stop.aborted) await once(stop, 'abort');
  await front.close(limits.drainMs);
  await admin.close(0);
  await kept;
  return EXIT.fine;
}
