import { ArgsError } from '../../runtime/errors.ts';

/** A broker's exporters: the JVM's and the host's (MSK developer guide, "Open monitoring with Prometheus"). */
export const EXPORTERS = [
  { job: 'msk-jmx', port: 11001 },
  { job: 'msk-node', port: 11002 },
] as const;

/**
 * Names of all brokers. The list for clients has three at most; all have one name but for their number: `b-1.weirprod.a1b2c3.c2.kafka.…`.
 * @param bootstrap Names and ports, joined by commas.
 * @throws ArgsError for a list of another form
 */
export function brokerHosts(bootstrap: string, count: number): readonly string[] {
  const cluster = /^b-\d+(\.[a-z0-9.-]+):\d+/.exec(bootstrap)?.[1];
  if (cluster === undefined) {
    throw new ArgsError('kafka.bootstrapBrokers', `"${bootstrap}" does not begin with a broker such as b-1.…:9098`, 'Deploy the foundation again.');
  }
  return Array.from({ length: count }, (_, index) => `b-${index + 1}${cluster}`);
}
