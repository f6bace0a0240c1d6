import * as pulumi from '@pulumi/pulumi';
import { ArgsError } from '../runtime/errors.ts';
import { type EnvironmentOutputs, environment } from './environment.ts';

// What `pulumi up` runs. The floor is the CLI that rehearsals run (docs/rehearse.md).
await pulumi.requirePulumiVersion('>=3.250.0 <4.0.0');

export const { foundation, platform, models } = told(environment);

/** A person's mistake is shown without a stack of calls: the SDK does so for errors of its own kind. */
function told(build: () => EnvironmentOutputs): EnvironmentOutputs {
  try {
    return build();
  } catch (error) {
    throw error instanceof ArgsError ? new pulumi.RunError(error.message) : error;
  }
}
