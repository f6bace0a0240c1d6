import type { Resource } from '@pulumi/pulumi';
import { DATABASE_CERTIFICATES } from '../../components/registry/databases-plan.ts';
import { Queueing } from '../../components/training/queueing.ts';
import { Trainer } from '../../components/training/trainer.ts';
import { Workflows } from '../../components/training/workflows.ts';
import type { PeopleArgs } from '../../components/training/workflows-plan.ts';
import { type Below, type Part, replicasOf } from './below.ts';
import { type DatabasesPart, feastImage } from './registry.ts';

/**
 * Queues, Trainer and workflows: wave 5.
 * @param after Namespaces, priorities, nodes, Prometheus's kinds, and the SecretStore of the namespace `argo`.
 */
export function buildTraining(below: Below, after: readonly Resource[], databases: DatabasesPart): Part {
  const { settings, foundation, inside } = below;
  const { environment: env, account, partition, region, pools, karpenter } = settings;
  const replicas = replicasOf(settings);

  const queueing = new Queueing(`${env}-queueing`, { replicas, ownNodes: karpenter === 'on', after }, inside);
  const trainer = new Trainer(`${env}-trainer`, { replicas, trainingGpus: pools.trainingGpus, after: [...after, ...queueing.ready] }, inside);
  const workflows = new Workflows(
    `${env}-workflows`,
    {
      env,
      account,
      partition,
      region,
      clusterName: foundation.cluster.name,
      replicas,
      bucket: foundation.buckets.features,
      keyArn: foundation.keys.data,
      database: { host: databases.host, name: 'argo', secret: databases.secrets.argo },
      certificates: { image: feastImage(below), path: DATABASE_CERTIFICATES },
      ...peopleOf(settings),
      after: [...after, ...databases.ready],
    },
    inside,
  );
  return { ready: [...queueing.ready, ...trainer.ready, ...workflows.ready] };
}

/** The rules of the settings have seen that whoever names a provider names a domain. */
function peopleOf({ environment, gateway: { people, domain } }: Below['settings']): { readonly people?: PeopleArgs } {
  if (people === undefined || domain === undefined) return {};
  return { people: { issuer: people.issuer, clientId: people.clientId, secret: `weir/${environment}/people`, domain } };
}
