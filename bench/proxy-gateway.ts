// The gateway alone in a process, so that its CPU time is its own. Started by proxy.ts: takes {spec, ports, folder}, says {port}, and
// answers every later message with its CPU time in microseconds.
import { openLog } from '../runtime/eventlog/log.ts';
import { loadHash64 } from '../runtime/model/hash.ts';
import type { ModelSpec } from '../runtime/model/types.ts';
import { createGateway } from '../runtime/proxy/gateway.ts';
import { DEFAULT_LIMITS } from '../runtime/proxy/limits.ts';
import { createRouteTable } from '../runtime/proxy/routes.ts';

export interface GatewayStart {
  readonly spec: ModelSpec;
  /** Where the model's server listens. */
  readonly port: number;
  readonly folder: string;
}

process.once('message', (start: GatewayStart) => void serve(start));

async function serve({ spec, port, folder }: GatewayStart): Promise<void> {
  const log = await openLog(`${folder}/log`, { clock: Date.now });
  const gateway = createGateway({
    models: [spec],
    routes: createRouteTable(`${folder}/routes`),
    endpoint: () => ({ port, digest: 'sha256:1' }),
    append: (topic, partition, records) => log.append(topic, partition, records),
    logPolicy: { kind: 'acknowledged' },
    hash: await loadHash64(),
    now: Date.now,
    monotonic: () => performance.now(),
    random: Math.random,
    eventClock: null,
    limits: DEFAULT_LIMITS,
    handlers: [],
  });
  process.send?.({ port: await gateway.listen(0) });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: user + system });
  });
}
