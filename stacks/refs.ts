import * as pulumi from '@pulumi/pulumi';
import { ArgsError } from '../runtime/errors.ts';
import type { BuiltFoundation } from './foundation.ts';

type Text = pulumi.Output<string>;

/** What the foundation tells the layers above it: the same type in process and through a StackReference. */
export interface FoundationOutputs {
  readonly network: { readonly vpcId: Text; readonly nodeSubnetIds: readonly Text[] };
}

/** The foundation that another stack has built. Its outputs are checked when they are read; a missing one names the stack to deploy first. */
export function foundationOf(upstream: string): BuiltFoundation {
  const reference = new pulumi.StackReference('upstream', { name: `organization/${pulumi.getProject()}/${upstream}` }); // the literal word on self-managed backends
  const foundation = reference.getOutput('foundation');
  const text = (...path: readonly string[]): Text =>
    foundation.apply((value) => {
      const found = path.reduce<unknown>(
        (below, key) => (typeof below === 'object' && below !== null ? Object.entries(below).find(([name]) => name === key)?.[1] : undefined),
        value,
      );
      if (typeof found === 'string') return found;
      throw new ArgsError(
        `weir:upstream`,
        `stack "${upstream}" has no output foundation.${path.join('.')}`,
        `Run \`pulumi up --stack ${upstream}\` with this version first.`,
      );
    });
  return { outputs: { network: { vpcId: text('network', 'vpcId'), nodeSubnetIds: [] } }, ready: [] };
}
