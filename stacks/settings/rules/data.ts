import { brokerProblems } from '../../../components/kafka/brokers.ts';
import { postgresProblems } from '../../../components/postgres/plan.ts';
import { atValue, type Finding } from '../../../runtime/model/read/locate.ts';
import type { Settings } from '../settings-file.ts';
import { type Rule, refused, when } from './rule.ts';
import { partitionOf } from './scope.ts';

/** Rules on buckets, data stores and backups. */
export const DATA_RULES: readonly Rule[] = [irreversibleLock, brokers, database, backupsBelongTogether];

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

function brokers({ kafka, network, profile }: Settings): readonly Finding[] {
  const { replication } = kafka;
  return [
    ...refused(brokerProblems({ ...kafka, zones: network.zones.length })),
    ...when(replication < 3 && profile !== 'dev', () =>
      atValue(
        ['kafka', 'replication'],
        `${replication} copies lose records when a broker fails while another restarts`,
        'Use 3 in every profile but dev.',
      ),
    ),
  ];
}

function database({ postgres }: Settings): readonly Finding[] {
  return refused(postgresProblems(postgres));
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
