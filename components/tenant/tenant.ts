import * as aws from '@pulumi/aws';
import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, CustomResourceOptions, Resource } from '@pulumi/pulumi';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { TRITON_ADMIN } from '../../runtime/model/render/triton.ts';
import { Component } from '../base.ts';
import { externalSecret, secretStore } from '../secrets/external-secret.ts';
import { generatedSecret } from '../secrets/generated-secret.ts';
import { KUEUE_API } from '../training/plan.ts';
import { ALERTS_SECRET } from './alert-routes.ts';
import { tenantBudget } from './budget.ts';
import { topicsOfModel } from './names.ts';
import { planTenant, type TenantArgs, type TenantPlan } from './plan.ts';
import { TenantSpace } from './space.ts';
import { TenantAccess } from './tenant-access.ts';
import { TenantData } from './tenant-data.ts';

/**
 * Everything that one tenant has, but for its models.
 * @example new Tenant('prod-tenant-shop', { env: 'prod', region, partition: 'aws', tenant, models, dataPolicy: 'keep', ground, after: platform.ready })
 */
export class Tenant extends Component {
  /** What every model of its needs: they come after these, and go before them. */
  readonly ready: readonly Resource[];

  /** What nothing else of its depends on, models apart: all of it goes after these. */
  readonly leaves: readonly Resource[];

  readonly #data: TenantData;

  constructor(name: string, args: TenantArgs, options?: ComponentResourceOptions) {
    const plan = planTenant(args); // before super: a refused argument must leave no half-registered component
    super('weir:tenant:Tenant', name, { tenant: plan.id }, options);
    const { namespace, email, tags } = plan;

    const space = new TenantSpace(`${name}-space`, args, plan, this.child());
    const inside = this.child({ dependsOn: [space.namespace] });
    const access = new TenantAccess(`${name}-access`, args, plan, space.namespace, this.child());
    this.#data = new TenantData(`${name}-data`, args, plan, space.namespace, this.child());
    const queue = this.#queue(`${name}-queue`, plan, inside);
    const secret = { namespace, secretName: TRITON_ADMIN.secret, keys: [TRITON_ADMIN.key] };
    const admin = generatedSecret(`${name}-triton-admin`, secret, inside);
    const alerts = this.#alerts(`${name}-alerts`, args.region, plan, inside);
    const budget = new aws.budgets.Budget(`${name}-budget`, { ...tenantBudget(args.env, args.tenant, email), tags: { ...tags } }, this.child());

    this.ready = [...space.ready, ...access.ready, ...this.#data.ready, ...admin.ready];
    this.leaves = [...space.ready, ...access.leaves, ...this.#data.leaves, ...admin.ready, queue, ...alerts, budget];
    this.registerOutputs();
  }

  /** What one model of its needs: `ready`, and its own queues or streams. Not those of others: edges would grow with the square of models. */
  readyFor(model: TenantModel): readonly Resource[] {
    return [...this.ready, ...topicsOfModel(model).flatMap((topic) => this.#data.topics.get(topic) ?? [])];
  }

  /** A job names its tenant as its queue. None is ever called `default`, which Kueue would give every pod of the namespace (30-platform, 3.5): no tenant may be. */
  #queue(name: string, { id, namespace, queue }: TenantPlan, inside: CustomResourceOptions): Resource {
    const all = { apiVersion: KUEUE_API, kind: 'ClusterQueue', metadata: { name: namespace }, spec: queue };
    const cluster = new k8s.apiextensions.CustomResource(`${name}-cluster`, all, inside);
    const own = { apiVersion: KUEUE_API, kind: 'LocalQueue', metadata: { name: id, namespace }, spec: { clusterQueue: namespace } };
    return new k8s.apiextensions.CustomResource(`${name}-local`, own, this.child({ dependsOn: [cluster] }));
  }

  #alerts(name: string, region: string, { namespace, alerts }: TenantPlan, inside: CustomResourceOptions): readonly Resource[] {
    return alerts.map(({ spec, keys, remoteKey }) => {
      const store = secretStore(`${name}-store`, { namespace, region }, inside);
      const afterStore = this.child({ dependsOn: [store] });
      const secret = externalSecret(name, { namespace, secretName: ALERTS_SECRET, remoteKey, keys }, afterStore);
      const metadata = { name: 'weir', namespace };
      const routes = { apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'AlertmanagerConfig', metadata, spec };
      return new k8s.apiextensions.CustomResource(`${name}-routes`, routes, this.child({ dependsOn: [...secret.ready] }));
    });
  }
}
