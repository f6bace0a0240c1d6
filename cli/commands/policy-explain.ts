import type { Command } from 'commander';
import { type Cli, filesCommand, runs } from '../command.ts';
import type { CommonOptions } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { explainRule } from '../policy/explain.ts';
import { findRule } from '../policy/find-rule.ts';
import { jsonRule } from './policy-list.ts';

/** `weir policy explain RULE`: why, what to do, and an example of each kind. */
export function policyExplainCommand(cli: Cli): Command {
  const examples = ['policy explain pod-ro-root', 'policy explain CKV_AWS_39', 'policy explain eks-private-endpoint --json'];
  return filesCommand(
    'explain <rule>',
    'a rule (or a public id): why, what to do, its levels, and an example that breaks it and one that keeps it',
    examples,
  ).action(runs(cli, (rule: string, flags: CommonOptions) => policyExplain(cli, rule, flags)));
}

function policyExplain({ context }: Cli, given: string, { json = false }: CommonOptions): ExitCode {
  const rule = findRule(given);
  if (json) context.out(JSON.stringify({ ...jsonRule(rule), pass: rule.pass, fail: rule.fail }, null, 2));
  else context.out(explainRule(rule));
  return EXIT.fine;
}
