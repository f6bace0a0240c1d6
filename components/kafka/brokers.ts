import { ArgsError } from '../../runtime/errors.ts';

/** What brokers are and hold, apart from where they lie. */
export interface Brokers {
  /** Such as `kafka.m7g.large`. */
  readonly instance: string;
  readonly brokers: number;
  /** Zones that they are spread over. */
  readonly zones: number;
  readonly replication: number;
  readonly minInSync: number;
  readonly volumeGiB: number;
  readonly maxVolumeGiB: number;
}

/**
 * What MSK lists when CreateCluster refuses another type for a version with KRaft ("Unsupported InstanceType"; public reports of calls with 3.8,
 * 3.9 and 4.1, 2026-07 to 2026-09). `kafka.t3.small` is left to ZooKeeper; express brokers take no volumes and no broker logs of ours.
 */
const WITH_KRAFT = /^kafka\.(m5|m7g)\.\d*x?large$/;

/** Everything that MSK, or Kafka, would refuse: MSK itself says so only when the cluster is made. */
export function brokerProblems({ instance, brokers, zones, replication, minInSync, volumeGiB, maxVolumeGiB }: Brokers): readonly ArgsError[] {
  const problems: readonly (readonly [broken: boolean, setting: string, problem: string, remedy: string])[] = [
    [
      !WITH_KRAFT.test(instance),
      'instance',
      `"${instance}" is no type of kafka.m5 or kafka.m7g, and MSK runs KRaft on no other`,
      'Use kafka.m7g.large: the smallest that MSK takes.',
    ],
    [brokers % zones !== 0, 'brokers', `${brokers} brokers cannot be spread evenly over ${zones} zones`, `Use a multiple of ${zones}.`],
    [
      replication > brokers,
      'replication',
      `${replication} copies need as many brokers, and there are ${brokers}`,
      'Use fewer copies or more brokers.',
    ],
    [
      minInSync >= replication,
      'minInSync',
      `${minInSync} of ${replication} copies: one broker that restarts would stop every writer`,
      `Use at most ${Math.max(1, replication - 1)}.`,
    ],
    [
      maxVolumeGiB < volumeGiB,
      'maxVolumeGiB',
      `${maxVolumeGiB} GiB is less than the volume at start, ${volumeGiB} GiB`,
      'Raise it: a volume never shrinks.',
    ],
  ];
  return problems.flatMap(([broken, setting, problem, remedy]) => (broken ? [new ArgsError(`kafka.${setting}`, problem, remedy)] : []));
}
