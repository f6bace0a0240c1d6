import * as pulumi from '@pulumi/pulumi';
import { environment } from './environment.ts';

// What `pulumi up` runs. The floor is the CLI that rehearsals run (docs/rehearse.md).
await pulumi.requirePulumiVersion('>=3.250.0 <4');

export const { foundation } = environment();
