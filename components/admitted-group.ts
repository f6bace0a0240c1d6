import * as aws from '@pulumi/aws';
import type { CustomResourceOptions, Input, Resource } from '@pulumi/pulumi';
import type { Hooks } from './base.ts';

/** Who may reach a data store: security groups by what they belong to (`nodes`), which is part of a rule's identity. */
export type Admitted = Readonly<Record<string, Input<string>>>;

/** A port that is open, and what speaks on it. */
export interface Door {
  /** Part of a rule's name. */
  readonly name: string;
  readonly port: number;
}

export interface AdmittedGroupArgs {
  /** The VPC of the subnets. */
  readonly vpcId: Input<string>;
  /** Such as `weir-prod-postgres`. */
  readonly physicalName: string;
  /** The ports that are open. */
  readonly doors: readonly Door[];
  /** Who gets in by them. */
  readonly allowFrom: Admitted;
  /** The stack's hooks. */
  readonly hooks: Hooks;
}

/** A data store's own security group: these groups get in by these doors, nobody else, and nothing goes out (30-platform, 7). */
export function admittedGroup(
  name: string,
  { vpcId, physicalName, doors, allowFrom, hooks }: AdmittedGroupArgs,
  child: (options?: CustomResourceOptions) => CustomResourceOptions,
): { readonly id: aws.ec2.SecurityGroup['id']; readonly rules: readonly Resource[] } {
  const tags = { Name: physicalName };
  const patient = child({ hooks: { onError: [hooks.dependencyViolation] } }); // its interfaces vanish minutes after the store (30-platform D11)
  const group = new aws.ec2.SecurityGroup(name, { vpcId, description: `Clients of ${physicalName}`, tags }, patient);
  const rules = doors.flatMap((door) =>
    Object.entries(allowFrom).map(([who, referencedSecurityGroupId]) => {
      const at = { ipProtocol: 'tcp', fromPort: door.port, toPort: door.port };
      const rule = { securityGroupId: group.id, referencedSecurityGroupId, description: `${door.name} from ${who}`, ...at, tags };
      return new aws.vpc.SecurityGroupIngressRule(`${name}-${door.name}-${who}`, rule, child());
    }),
  );
  return { id: group.id, rules };
}
