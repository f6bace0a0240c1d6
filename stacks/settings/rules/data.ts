import { brokerProblem } from '../../../components/kafka/plan.ts';
import { atValue, type Finding } from '../../../runtime/model/read/locate.ts';
import type { Settings } from '../settings-file.ts';
import { type Rule, when } from './rule.ts';
import { partitionOf } from './scope.ts';

/** Rules on buckets, data stores and backups. */
export const DATA_RULES: readonly Rule[] = [
  irreversibleLock,
  brokersOverZones,
  copiesOfPartitions,
  brokersRunKraft,
  volumesGrow,
  windowsApart,
  backupsBelongTogether,
];

function irreversibleLock({ storage }: Settings): readonly Finding[] {
  const sworn = storage.iUnderstandThisIsIrreversible;
  return [
    ...when(storage.registryLock === 'compliance' && !sworn, () =>
      atValue(
        ['storage', 'registryLock'],
        `compliance cannot be undone by anybody for ${storage.registryLockDays} day${storage.registryLockDays === 1 ? '' : 's'}`,
        'Set storage.iUnderstandThisIsIrreversible to true, or use governance.',
      ),
    ),
    ...when(storage.registryLock !== 'compliance' && sworn, () =>
      atValue(['storage', 'iUnderstandThisIsIrreversible'], 'is true without need', 'It is for registryLock compliance alone: take it out.'),
    ),
  ];
}

function brokersOverZones({ kafka, network }: Settings): readonly Finding[] {
  const zones = network.zones.length;
  return when(kafka.brokers % zones !== 0, () =>
    atValue(['kafka', 'brokers'], `${kafka.brokers} brokers cannot be spread evenly over ${zones} zones`, `Use a multiple of ${zones}.`),
  );
}

function copiesOfPartitions({ kafka, profile }: Settings): readonly Finding[] {
  const { replication, minInSync, brokers } = kafka;
  return [
    ...when(replication > brokers, () =>
      atValue(['kafka', 'replication'], `${replication} copies need as many brokers, and there are ${brokers}`, 'Add brokers, or lower it.'),
    ),
    ...when(minInSync >= replication, () =>
      atValue(
        ['kafka', 'minInSync'],
        `${minInSync} of ${replication} copies: one broker that restarts would stop every writer`,
        `Use at most ${replication - 1}.`,
      ),
    ),
    ...when(replication < 3 && profile !== 'dev', () =>
      atValue(
        ['kafka', 'replication'],
        `${replication} copies lose records when a broker fails while another restarts`,
        'Use 3 in every profile but dev.',
      ),
    ),
  ];
}

/** The component's own list: MSK says so only when the cluster is made. */
function brokersRunKraft({ kafka }: Settings): readonly Finding[] {
  const problem = brokerProblem(kafka.instance);
  return when(problem !== null, () => atValue(['kafka', 'instance'], problem ?? '', 'Use kafka.m7g.large: the smallest that MSK takes.'));
}

function volumesGrow({ kafka, postgres }: Settings): readonly Finding[] {
  return [
    ...when(kafka.volumeGiB > kafka.maxVolumeGiB, () =>
      atValue(
        ['kafka', 'maxVolumeGiB'],
        `${kafka.maxVolumeGiB} GiB is less than the volume at start, ${kafka.volumeGiB} GiB`,
        'Raise it: a volume never shrinks.',
      ),
    ),
    // RDS takes no limit below 110 % of the size at start (its user guide, "storage autoscaling").
    ...when(postgres.maxStorageGiB < postgres.storageGiB * 1.1, () =>
      atValue(
        ['postgres', 'maxStorageGiB'],
        `${postgres.maxStorageGiB} GiB leaves less than a tenth above the size at start, ${postgres.storageGiB} GiB`,
        `Use at least ${Math.ceil(postgres.storageGiB * 1.1)}.`,
      ),
    ),
  ];
}

/** Minutes since Monday 00:00, or since midnight for a daily window. */
function minutes(point: string): number {
  const [day = '', hour = '', minute = ''] = /^[a-z]/.test(point) ? point.split(':') : ['mon', ...point.split(':')];
  return ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(day) * 1440 + Number(hour) * 60 + Number(minute);
}

const DAY = 1440;

function windowsApart({ postgres: { backupWindow, maintenanceWindow } }: Settings): readonly Finding[] {
  const [from = '', to = ''] = backupWindow.split('-');
  const [start = '', end = ''] = maintenanceWindow.split('-');
  const backup = (minutes(to) - minutes(from) + DAY) % DAY;
  const maintenance = (minutes(end) - minutes(start) + 7 * DAY) % (7 * DAY);
  const gap = (((minutes(from) - minutes(start)) % DAY) + DAY) % DAY;
  const overlap = gap < maintenance || DAY - gap < backup;
  return [
    ...when(backup < 30, () =>
      atValue(
        ['postgres', 'backupWindow'],
        `"${backupWindow}" is shorter than the 30 minutes that RDS asks for`,
        'Use a window such as 02:00-03:00.',
      ),
    ),
    ...when(maintenance < 30, () =>
      atValue(
        ['postgres', 'maintenanceWindow'],
        `"${maintenanceWindow}" is shorter than the 30 minutes that RDS asks for`,
        'Use a window such as sun:03:30-sun:04:30.',
      ),
    ),
    ...when(backup >= 30 && maintenance >= 30 && overlap, () =>
      atValue(
        ['postgres', 'maintenanceWindow'],
        `"${maintenanceWindow}" overlaps the daily backup, ${backupWindow}`,
        'RDS refuses that: move one of them.',
      ),
    ),
  ];
}

function backupsBelongTogether({ backup, region, partition }: Settings): readonly Finding[] {
  const none = backup.dailyDays === 0;
  return [
    ...when(backup.copyRegion === region, () =>
      atValue(['backup', 'copyRegion'], `"${region}" is this region`, 'Name another one: a copy is for the day that this one is gone.'),
    ),
    ...when(backup.copyRegion !== undefined && partitionOf(backup.copyRegion) !== partition, () =>
      atValue(
        ['backup', 'copyRegion'],
        `"${backup.copyRegion}" lies in another partition than ${region}`,
        `Name a region of ${partition}: AWS copies to no other.`,
      ),
    ),
    ...when(backup.copyRegion !== undefined && none, () =>
      atValue(['backup', 'copyRegion'], 'there is nothing to copy: dailyDays is 0', 'Set backup.dailyDays, or take the region out.'),
    ),
    ...when(backup.restoreTest && none, () =>
      atValue(['backup', 'restoreTest'], 'there is nothing to restore: dailyDays is 0', 'Set backup.dailyDays, or turn the test off.'),
    ),
    ...when(backup.monthlyMonths > 0 && none, () =>
      atValue(['backup', 'monthlyMonths'], 'monthly backups without daily ones lose up to a month', 'Set backup.dailyDays too.'),
    ),
  ];
}
