import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../errors.ts';
import { createEndpoint } from './endpoint.ts';
import type { Disturbance, FromWorker, ToWorker, WorkerOptions } from './messages.ts';
import { loadSession, warmUp } from './session.ts';

/** The thread's main: loads, warms up, serves on a free loopback port, and says so. A file that cannot be loaded is an answer, not a crash. */
async function main(options: WorkerOptions, say: (message: FromWorker) => void): Promise<void> {
  let disturbance: Disturbance | null = null;
  parentPort?.on('message', (message: ToWorker) => {
    disturbance = message.disturbance;
  });
  const before = async (): Promise<void> => {
    if (disturbance === null) return;
    if (disturbance.delayMs > 0) await delay(disturbance.delayMs);
    if (Math.random() < disturbance.errorShare) throw new Error('failed by a drill');
  };
  try {
    const session = await loadSession(options.path);
    await warmUp(session);
    const server = createEndpoint({ ...options, session, before });
    server.listen(0, '127.0.0.1', () => say({ kind: 'ready', port: portOf(server.address()) }));
  } catch (error) {
    say({ kind: 'failed', message: messageOf(error) });
  }
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('the endpoint has no port');
  return address.port;
}

await main(workerData, (message) => parentPort?.postMessage(message, []));
