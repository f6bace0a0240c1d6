import { Command } from 'commander';
import type { Cli } from '../command.ts';
import { policyCheckCommand } from './policy-check.ts';
import { policyExplainCommand } from './policy-explain.ts';
import { policyListCommand } from './policy-list.ts';

/** `weir policy …`: the rules, and what breaks them, for Weir's stacks and for anybody's. */
export function policyCommand(cli: Cli): Command {
  return new Command('policy')
    .description('judge manifests, states and previews by the platform’s rules, and read the rules')
    .addCommand(policyCheckCommand(cli))
    .addCommand(policyListCommand(cli))
    .addCommand(policyExplainCommand(cli));
}
