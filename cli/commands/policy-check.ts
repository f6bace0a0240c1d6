import { type Command, InvalidArgumentError, Option } from 'commander';
import { RULES } from '../../policies/catalogue.ts';
import type { PolicyConfig } from '../../policies/config.ts';
import { ArgsError } from '../../runtime/errors.ts';
import { type Problem, problemText } from '../../runtime/model/read/problem.ts';
import { type Cli, filesCommand, runs } from '../command.ts';
import type { CommonOptions, Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { countsText } from '../format/level.ts';
import { checkSource } from '../policy/check.ts';
import { readConfig } from '../policy/config-file.ts';
import { findRule } from '../policy/find-rule.ts';
import { type PolicyProfileFlag, policyProfileOption } from '../policy/profile.ts';
import { stops } from '../policy/report.ts';
import { POLICY_FORMATS, type PolicyFormat, reportText } from '../policy/report-text.ts';
import type { Source } from '../policy/source.ts';
import { readManifests } from '../policy/sources/manifests.ts';
import { readPreview } from '../policy/sources/preview.ts';
import { readState } from '../policy/sources/state.ts';
import { countProgress } from '../progress.ts';

interface PolicyCheckFlags extends CommonOptions, PolicyProfileFlag {
  /** Of a state, not of the platform. */
  readonly state?: string;
  readonly plan?: string;
  readonly config?: string;
  readonly format: PolicyFormat;
  readonly rule: readonly string[];
}

/** `weir policy check`: what breaks a rule, in manifests, in a state or in a preview, without Weir's platform, a cluster or a cloud. */
export function policyCheckCommand(cli: Cli): Command {
  const examples = [
    'policy check k8s/ --format github',
    'policy check --state state.json',
    'policy check --plan preview.json --profile staging',
    'policy check k8s/ --config policies.yaml --format sarif > weir.sarif',
    'policy check deploy.yaml --rule pod-ro-root --rule CKV_K8S_20',
  ];
  return filesCommand(
    'check [manifests...]',
    'what breaks a rule: in manifests (files, folders, patterns, - for a pipe), a state or a preview',
    examples,
  )
    .option('--state <file>', 'a state: `pulumi stack export > state.json`', once)
    .option('--plan <file>', 'a preview: `pulumi preview --json --show-sames > preview.json`', once)
    .option('--config <file>', 'levels, parameters and waivers of rules', once)
    .addOption(policyProfileOption())
    .option(
      '--rule <id>',
      'this rule alone, by its own or a public id (again for others)',
      (id: string, before: readonly string[]) => [...before, id],
      [],
    )
    .addOption(
      new Option('--format <name>', 'github: annotations; sarif: code scanning; markdown: a comment').choices(POLICY_FORMATS).default('text'),
    )
    .addHelpText(
      'after',
      '\nIt ends with 0 when no mandatory rule is broken, with 1 when one is, with 2 when something could not be read: the rest is judged all the same.',
    )
    .action(runs(cli, (manifests: readonly string[], flags: PolicyCheckFlags) => policyCheck(cli, manifests, flags)));
}

/** The last of several would be judged alone, and the others would look as if they were right. */
function once(value: string, before: string | undefined): string {
  if (before === undefined) return value;
  throw new InvalidArgumentError(`It was ${before} before: name one, and judge the other by itself.`);
}

async function policyCheck({ context }: Cli, manifests: readonly string[], flags: PolicyCheckFlags): Promise<ExitCode> {
  const { profile, rule: only, json = false, format } = flags;
  const rules = only.length === 0 ? RULES : RULES.filter((rule) => only.map(findRule).includes(rule));
  const config = configOf(flags, context);
  if (config === null) return EXIT.cannot;
  const source = await sourceOf(context, manifests, flags);
  const report = checkSource({ source, rules, config, profile, today: new Date(context.now()) });
  context.out(reportText(report, json ? 'json' : format, context.paint));
  if ((source.unread?.length ?? 0) > 0) return EXIT.cannot;
  return stops(report) ? EXIT.findings : EXIT.fine;
}

/** Null when it has mistakes: they have been told. */
function configOf({ config: file, json = false, format }: PolicyCheckFlags, context: Context): PolicyConfig | null {
  if (file === undefined) return {};
  const read = readConfig(file, RULES);
  if (read.kind === 'read') return read.config;
  if (json || format === 'json') context.out(JSON.stringify({ problems: read.problems }, null, 2));
  else context.note(configText(read.problems));
  return null;
}

const configText = (problems: readonly Problem[]): string =>
  [...problems.map(problemText), '', `${countsText(problems)}: nothing was judged`].join('\n');

async function sourceOf(context: Context, manifests: readonly string[], { state, plan }: PolicyCheckFlags): Promise<Source> {
  const given = [manifests.length > 0 ? manifests : null, state ?? null, plan ?? null].filter((each) => each !== null);
  if (given.length !== 1) {
    const problem = given.length === 0 ? 'nothing to judge was named' : 'manifests, --state and --plan were named together';
    throw new ArgsError('weir policy check', problem, 'Name manifests, or a state with --state, or a preview with --plan: one of the three.');
  }
  if (state !== undefined) return readState(state);
  return plan === undefined ? readManifests(manifests, countProgress(context, 'files read')) : readPreview(plan);
}
