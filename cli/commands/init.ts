import { Command } from 'commander';
import type { Cli } from '../command.ts';
import { initModelCommand } from './init-model.ts';
import { initTenantCommand } from './init-tenant.ts';

/** `weir init …`: the first file of a tenant, or of a model. */
export function initCommand(cli: Cli): Command {
  return new Command('init')
    .description('write a new tenant file or model file that validates')
    .addCommand(initTenantCommand(cli))
    .addCommand(initModelCommand(cli));
}
