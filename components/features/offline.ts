import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { workgroupOf } from '../lake/workgroup.ts';
import { type FeaturesArgs, type FeaturesPlan, SCAN_LIMIT_BYTES } from './plan.ts';

/**
 * Where Athena finds the features' history. Apart from the lake's, which an environment may do without; and a query of training must not use up the
 * limits of people who look at predictions.
 * @example new OfflineStore('prod-features-offline', args, plan, { parent })
 */
export class OfflineStore extends Component {
  readonly database: Output<string>;
  readonly workgroup: Output<string>;
  readonly ready: readonly Resource[];

  constructor(name: string, { account, buckets, keyArn, dataPolicy }: FeaturesArgs, plan: FeaturesPlan, options?: ComponentResourceOptions) {
    super('weir:features:OfflineStore', name, {}, options);

    const database = new aws.glue.CatalogDatabase(
      `${name}-database`,
      { name: plan.glueDatabase, description: 'Features over time' },
      this.stateful(dataPolicy),
    );
    const queries = workgroupOf({
      name: plan.workgroup,
      description: 'Queries of features: training sets and materialisation',
      results: pulumi.interpolate`${buckets.athena}/features/`,
      keyArn,
      account,
      mostBytes: SCAN_LIMIT_BYTES,
      dataPolicy,
    });
    const workgroup = new aws.athena.Workgroup(`${name}-workgroup`, queries, this.child());

    this.database = database.name;
    this.workgroup = workgroup.name;
    this.ready = [database, workgroup];
    this.registerOutputs();
  }
}
