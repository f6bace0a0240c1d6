/** Probes of a server that speaks KServe V2: 30-platform, 4. */

/** A pod that stops stays behind its Service this long: the gateway must learn of it first. */
export const DRAIN_DELAY_SECONDS = 15;
/** What a stopping server gets for the requests it has (`--exit-timeout-secs`). */
export const EXIT_SECONDS = 60;
/** From SIGTERM's sending to the end, beyond delay and exit. Together 90 s: EC2 spot gives 120. */
const SLACK_SECONDS = 15;

/** @param drainSeconds Longest answer that is waited for. */
export function graceSeconds(drainSeconds: number = EXIT_SECONDS): number {
  return DRAIN_DELAY_SECONDS + drainSeconds + SLACK_SECONDS;
}

const STARTUP_PERIOD_SECONDS = 10;

/** Longest time that the startup probe waits: twice what loading was measured to take, in whole periods. */
export function startupSeconds(loadSeconds: number): number {
  return startupFailures(loadSeconds) * STARTUP_PERIOD_SECONDS;
}

function startupFailures(loadSeconds: number): number {
  return Math.max(1, Math.ceil((2 * loadSeconds) / STARTUP_PERIOD_SECONDS));
}

/** Waits for twice the load time; liveness begins after it. @param ready The handler: `{ httpGet: … }`. */
export function startupProbe(ready: Readonly<Record<string, unknown>>, loadSeconds: number): Readonly<Record<string, unknown>> {
  return { ...ready, periodSeconds: STARTUP_PERIOD_SECONDS, failureThreshold: startupFailures(loadSeconds) };
}

/** @param port A number, or a port's name. */
export function serverProbes(port: string | number, loadSeconds: number): Readonly<Record<string, unknown>> {
  const ready = { httpGet: { path: '/v2/health/ready', port } };
  const live = { httpGet: { path: '/v2/health/live', port } };
  return {
    startupProbe: startupProbe(ready, loadSeconds),
    livenessProbe: { ...live, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    readinessProbe: { ...ready, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
  };
}

/**
 * The drain, as the kubelet's own sleep (Kubernetes 1.34): an image needs no shell, and there are no words for a shell to take apart. A chart
 * that is widely used passes its commands as further arguments of `sh -c` and never drains.
 */
export const DRAIN = { preStop: { sleep: { seconds: DRAIN_DELAY_SECONDS } } } as const;
