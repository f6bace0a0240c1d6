import { beforeAll, describe, expect, test } from 'vitest';
import { SECRET_KEY } from '../../cli/graph/secrets.ts';
import { Sdks } from '../support/inputs/check-node.ts';
import { standInCloud } from '../support/inputs/cloud.ts';
import { nodeOf } from '../support/inputs/node-of.ts';
import { recordProfile } from '../support/inputs/profiles.ts';
import { terraformType } from '../support/terraform/names.ts';
import { type PlannedResource, terraformPlan } from '../support/terraform/plan.ts';
import { applyWaivers, waiverProblems } from '../support/waivers.ts';

const sdks = new Sdks();

describe('the Terraform plan of a graph', () => {
  let resources: readonly PlannedResource[] = [];
  beforeAll(async () => {
    const { graph, state } = await recordProfile('prod');
    resources = terraformPlan(graph, state, sdks).planned_values.root_module.resources;
  });
  const planned = (type: string) => resources.find((each) => each.type === type)?.values;

  test('has every resource of AWS once', async () => {
    const { graph } = await recordProfile('prod');
    const made = [...graph.values()].filter((node) => node.custom && /^(aws|random):/.test(node.type));
    expect(new Set(resources.map(({ address }) => address)).size).toBe(made.length);
  });

  test('writes names in snake case, a block as a list of one, and a map as it is', () => {
    expect(planned('aws_eks_cluster')).toMatchObject({
      vpc_config: [{ endpoint_private_access: true }],
      upgrade_policy: [{ support_type: 'STANDARD' }],
    });
    expect(planned('aws_vpc')).toMatchObject({ enable_dns_hostnames: true, tags: { Name: 'prod-network' } });
  });

  test('writes a list of blocks in the singular, and a list of values as it is', () => {
    expect(planned('aws_s3_bucket_lifecycle_configuration')).toMatchObject({ rule: [{ status: 'Enabled' }] });
    expect(planned('aws_eks_cluster')).toMatchObject({ enabled_cluster_log_types: ['api', 'audit', 'authenticator'] });
  });

  test('names the resource that an input came from', () => {
    expect(planned('aws_subnet')).toMatchObject({ vpc_id: 'aws_vpc.prod-network-vpc.id' });
    expect(planned('aws_eks_cluster')).toMatchObject({ encryption_config: [{ provider: [{ key_arn: 'aws_kms_key.prod-keys-cluster.arn' }] }] });
    expect(planned('aws_eks_addon')).toMatchObject({ cluster_name: 'aws_eks_cluster.prod-cluster-eks.name' });
  });
});

describe('a single resource', () => {
  const planOf = (type: string, inputs: Record<string, unknown>) => {
    const plan = terraformPlan(new Map([['urn', nodeOf(type, inputs)]]), standInCloud().state, sdks);
    return plan.planned_values.root_module.resources[0];
  };

  test.each([
    ['aws:ec2/vpcEndpoint:VpcEndpoint', 'aws_vpc_endpoint'],
    ['aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'aws_vpc_security_group_ingress_rule'],
    ['aws:rds/instance:Instance', 'aws_db_instance'],
    ['aws:cloudtrail/trail:Trail', 'aws_cloudtrail'],
    ['aws:costexplorer/anomalyMonitor:AnomalyMonitor', 'aws_ce_anomaly_monitor'],
    ['random:index/randomId:RandomId', 'random_id'],
  ])('%s is %s', (token, type) => {
    expect(terraformType(token)).toBe(type);
  });

  test('of a type that nobody mapped is an error that names it', () => {
    expect(() => planOf('aws:lambda/function:Function', {})).toThrow('aws:lambda/function:Function has no Terraform type');
  });

  test('keeps a secret to itself', () => {
    const password = { [SECRET_KEY]: '1b47061264138c4ac30d75fd1eb44270', value: 'hunter2' };
    expect(planOf('aws:rds/instance:Instance', { password })?.values).toEqual({ password: '(secret)' });
  });

  test('keeps plurals that Terraform has too, and makes singulars of the others', () => {
    const launch = { blockDeviceMappings: [{ ebs: { volumeType: 'gp3' } }], tagSpecifications: [{ resourceType: 'volume' }] };
    expect(planOf('aws:ec2/launchTemplate:LaunchTemplate', launch)?.values).toEqual({
      block_device_mappings: [{ ebs: [{ volume_type: 'gp3' }] }],
      tag_specifications: [{ resource_type: 'volume' }],
    });
    const roles = { inlinePolicies: [{ policy: '{}' }], managedPolicyArns: ['a'] };
    expect(planOf('aws:iam/role:Role', roles)?.values).toEqual({ inline_policy: [{ policy: '{}' }], managed_policy_arns: ['a'] });
  });
});

describe('a waiver', () => {
  const waiver = { rule: 'CKV_AWS_37', resource: 'aws_eks_cluster\\.a', reason: 'costs more than it tells', date: '2026-11-21' };

  test('needs a reason, a date and a resource', () => {
    expect(waiverProblems([waiver])).toEqual([]);
    expect(waiverProblems([{ ...waiver, reason: 'later' }])).toEqual(['CKV_AWS_37 of aws_eks_cluster\\.a says no reason']);
    expect(waiverProblems([{ ...waiver, date: 'soon' }])).toEqual(['CKV_AWS_37 of aws_eks_cluster\\.a has no date']);
    expect(waiverProblems([{ ...waiver, resource: '.*' }])).toEqual(['CKV_AWS_37 of .* covers everything: name the resources']);
  });

  test('covers the whole address of its rule’s resource and no other', () => {
    const findings = [
      { rule: 'CKV_AWS_37', resource: 'aws_eks_cluster.a' },
      { rule: 'CKV_AWS_37', resource: 'aws_eks_cluster.ab' },
      { rule: 'CKV_AWS_38', resource: 'aws_eks_cluster.a' },
    ];
    expect(applyWaivers(findings, [waiver]).left).toEqual(findings.slice(1));
    expect(applyWaivers(findings.slice(1), [waiver]).unused).toEqual([waiver]);
  });
});
