import { type Command, Option } from 'commander';
import { RULES } from '../../policies/catalogue.ts';
import { PROFILES, type Profile, type Rule } from '../../policies/rule.ts';
import { type Cli, filesCommand, runs } from '../command.ts';
import type { CommonOptions } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { levelIn, levelsText } from '../policy/levels.ts';
import { columns } from '../table.ts';

interface PolicyListFlags extends CommonOptions {
  readonly profile?: Profile;
}

/** `weir policy list`: every rule on a line. */
export function policyListCommand(cli: Cli): Command {
  const examples = ['policy list', 'policy list --profile dev', 'policy list | grep CKV_K8S'];
  return filesCommand('list', 'every rule: what holds, how bad it is to break it, and its public ids', examples)
    .addOption(new Option('--profile <name>', 'levels of one environment (default: of all)').choices([...PROFILES]))
    .action(runs(cli, (flags: PolicyListFlags) => policyList(cli, flags)));
}

function policyList({ context }: Cli, { profile, json = false }: PolicyListFlags): ExitCode {
  if (json) context.out(JSON.stringify(RULES.map(jsonRule), null, 2));
  else context.out(columns([['RULE', 'SEVERITY', 'LEVEL', 'WHAT HOLDS', 'IDS'], ...RULES.map((rule) => rowOf(rule, profile))]));
  return EXIT.fine;
}

function rowOf(rule: Rule, profile: Profile | undefined): readonly string[] {
  const level = profile === undefined ? levelsText(rule) : levelIn(rule, profile);
  return [rule.id, rule.severity, level, rule.title, rule.ids.join(', ')];
}

/** A rule for programs; its level by profile, as nobody configures it. */
export function jsonRule(rule: Rule) {
  const { id, title, reason, remedy, severity, ids, scope, exempt = {}, settings = [], params = {}, mustBeKnown = [], admission } = rule;
  const levels = Object.fromEntries(PROFILES.map((profile) => [profile, levelIn(rule, profile)]));
  return { id, title, reason, remedy, severity, ids, scope, levels, exempt, settings, params, mustBeKnown, admission: admission?.scopes ?? [] };
}
