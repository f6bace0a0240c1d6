import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { ArgsError, messageOf } from '../../runtime/errors.ts';
import { loadHash64 } from '../../runtime/model/hash.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import type { LoadedFolder } from '../../runtime/model/loaded.ts';
import { loadTenants } from '../../runtime/model/read/load.ts';
import { type Problem, problemText } from '../../runtime/model/read/problem.ts';
import { nearest } from '../../runtime/model/read/suggest.ts';
import { tenantsFolderOf } from '../../stacks/settings/derived.ts';
import { LAYERS, topicsOf } from '../../stacks/topics.ts';
import { type Cli, filesCommand, runs } from '../command.ts';
import type { CommonOptions, Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { countsText } from '../format/level.ts';
import { baseCommit, recordBase } from '../plan/base.ts';
import { baseFactsOf } from '../plan/base-facts.ts';
import { assumptionsOf } from '../plan/cost.ts';
import { assumptionsText, chargesText } from '../plan/cost-text.ts';
import { factsOf, needsSomebody, type PlanFacts } from '../plan/facts.ts';
import { pageData } from '../plan/graph-data.ts';
import { graphPage } from '../plan/graph-page.ts';
import { planMarkdown } from '../plan/markdown.ts';
import { policyReportOf } from '../plan/policies.ts';
import { recordStack, type Tree, treeOf } from '../plan/record-stack.ts';
import { readStackFile, type StackFile } from '../plan/stack-file.ts';
import { tenantMarkdown, tenantOnly, tenantPlanText } from '../plan/tenants/one.ts';
import { planText } from '../plan/text.ts';
import { jsonReport } from '../policy/format/json.ts';
import { type PolicyReport, stops } from '../policy/report.ts';
import { reportText } from '../policy/report-text.ts';

const FORMATS = ['text', 'json', 'markdown'] as const;

interface PlanFlags extends CommonOptions {
  readonly stacks: string;
  readonly format: (typeof FORMATS)[number];
  readonly assumptions?: boolean;
  readonly prices?: boolean;
  readonly base?: string;
  readonly graph?: string;
  readonly tenant?: string;
  readonly policy?: boolean;
  readonly sarif?: string;
  readonly allowReplace: readonly string[];
}

/** `weir plan ENV`: what `pulumi up` would make, and what it costs, without a cloud. */
export function planCommand(cli: Cli): Command {
  const examples = [
    'plan dev',
    'plan prod --base origin/main',
    'plan prod --base origin/main --format markdown > comment.md',
    'plan prod --base v1.4 --allow-replace kafka',
    'plan staging --graph staging.html',
    'plan prod-tenants --tenant payments',
    'plan prod --policy --sarif policies.sarif',
  ];
  return filesCommand('plan <env>', 'the resources of an environment, their price and what changes, without a cloud or credentials', examples)
    .option('--base <ref>', 'what changes against a branch, tag or commit, run with its own program')
    .option('--allow-replace <topic>', 'data of this topic may be lost, such as kafka (again for others)', collected, [])
    .option('--graph <file>', 'write an interactive picture of the resources: one HTML file that needs no other')
    .option('--tenant <name>', 'one tenant: its models, what the controller will apply for each, and their price')
    .option('--policy', 'judge all of it by the policies, with the levels and waivers of the stack file: a mandatory finding ends with 1')
    .option('--sarif <file>', 'write what the policies say as SARIF too, for code scanning; implies --policy')
    .option('--assumptions', 'list what the price assumes of use, and the settings that change it')
    .option('--prices', 'list every charge with its quantity, unit price and source, the dearest first')
    .addOption(new Option('--format <name>', 'markdown: for a comment on a pull request').choices(FORMATS).default('text'))
    .option('--stacks <dir>', 'the folder of the stack files, Pulumi.<env>.yaml', 'stacks')
    .addHelpText(
      'after',
      '\nIt ends with 0 when nothing needs a person, with 1 when somebody has to act first (a version without support, a change that is refused, data\nthat would be lost and no --allow-replace, a policy that is broken), with 2 when the settings are wrong or their program cannot be recorded.',
    )
    .action(runs(cli, (env: string, flags: PlanFlags) => plan(cli, env, flags)));
}

/** `components/kafka` is the topic `kafka`. One that does not exist would allow nothing, in silence. */
function collected(value: string, before: readonly string[]): readonly string[] {
  const topic = value.replace(/^components\//, '');
  const known = LAYERS.flatMap(topicsOf);
  if (known.includes(topic)) return [...before, topic];
  const meant = nearest(topic, known);
  throw new InvalidArgumentError(meant === null ? `Topics are ${known.join(', ')}.` : `Did you mean ${meant}?`);
}

async function plan({ context }: Cli, env: string, flags: PlanFlags): Promise<ExitCode> {
  const read = readStackFile(flags.stacks, env);
  if (read.kind === 'wrong') return refused(context, read.problems, flags);
  const { stackFile } = read;
  const today = new Date(context.now());
  const { facts, recording, folder, hash } = await factsFor(stackFile, flags, today);
  const judged = flags.policy === true || flags.sarif !== undefined;
  const tenants = tenantsFolder(stackFile.settings, treeOf(flags.stacks));
  const policies = judged ? policyReportOf({ stackFile, recording, folder, hash, tenants }, today) : null;
  const told = flags.tenant === undefined ? facts : onlyTenant(facts, flags.tenant);
  if (flags.graph !== undefined) {
    written(flags.graph, graphPage(pageData(recording.graph, facts)), '--graph');
    context.note(`wrote ${flags.graph}: open it in a browser`);
  }
  if (flags.sarif !== undefined && policies !== null) {
    written(flags.sarif, reportText(policies, 'sarif'), '--sarif');
    context.note(`wrote ${flags.sarif}`);
  }
  context.out(textOf(told, flags, policies));
  return needsSomebody(facts) || (policies !== null && stops(policies)) ? EXIT.findings : EXIT.fine;
}

/** Both sides are recorded at once, each in a process of its own. */
async function factsFor(stackFile: StackFile, { stacks: folder, base: ref, allowReplace }: PlanFlags, today: Date) {
  const commit = ref === undefined ? null : baseCommit(folder, ref);
  const [recording, base] = await Promise.all([
    recordStack(stackFile, treeOf(folder)),
    commit === null ? null : recordBase(folder, commit, stackFile),
  ]);
  const { settings } = stackFile;
  const tenants = tenantsOf(settings, treeOf(folder));
  const hash = await loadHash64();
  const loaded = { folder: { tenants }, hash };
  const facts = factsOf(stackFile, recording, { today, ...loaded });
  if (ref === undefined || commit === null || base === null) return { facts, recording, ...loaded };
  const here = { stackFile, recording, cost: facts.cost };
  return { facts: { ...facts, base: baseFactsOf({ ref, commit, base, here, today, hash, allow: allowReplace }) }, recording, ...loaded };
}

/** The folder that the stack's program reads. */
function tenantsOf(settings: StackFile['settings'], tree: Tree): LoadedFolder['tenants'] {
  if (!settings.layers.includes('tenants')) return [];
  return loadTenants(tenantsFolder(settings, tree), { profile: profileOf(settings.profile) }).tenants;
}

const tenantsFolder = (settings: StackFile['settings'], { program }: Tree): string =>
  tenantsFolderOf(settings, dirname(dirname(fileURLToPath(program))));

/** One tenant alone: `--tenant`. */
function onlyTenant(facts: PlanFacts, name: string): PlanFacts {
  const tenants = facts.tenants.filter(({ tenant }) => tenant === name);
  const { base } = facts;
  const models = base?.models.filter(({ tenant }) => tenant === name) ?? [];
  if (tenants.length > 0 || models.length > 0) return { ...facts, tenants, base: base === null ? null : { ...base, models } };
  const known = facts.tenants.map(({ tenant }) => tenant);
  const meant = nearest(name, known);
  const remedy =
    known.length === 0
      ? `Plan the stack that builds the tenants, such as ${facts.stack}-tenants.`
      : `Its tenants are ${known.slice(0, 20).join(', ')}.`;
  throw new ArgsError('--tenant', `${facts.stack} has no tenant "${name}"`, meant === null ? remedy : `Did you mean ${meant}? ${remedy}`);
}

function textOf(facts: PlanFacts, flags: PlanFlags, policies: PolicyReport | null): string {
  const { json, format, tenant } = flags;
  if (json === true || format === 'json') {
    const plan = tenant === undefined ? facts : tenantOnly(facts);
    return JSON.stringify(policies === null ? plan : { ...plan, policies: jsonReport(policies) }, null, 2);
  }
  const judged = policies === null ? [] : ['', reportText(policies, format === 'markdown' ? 'markdown' : 'text')];
  return [format === 'markdown' ? markdownOf(facts, flags) : plainOf(facts, flags), ...judged].join('\n');
}

const markdownOf = (facts: PlanFacts, { tenant }: PlanFlags): string => (tenant === undefined ? planMarkdown(facts) : tenantMarkdown(facts));

function plainOf(facts: PlanFacts, { tenant, assumptions = false, prices = false }: PlanFlags): string {
  if (tenant !== undefined) return tenantPlanText(facts);
  const assumed = assumptions ? ['', 'The price assumes:', assumptionsText(assumptionsOf(facts.settings))] : [];
  const charged = prices ? ['', 'What a month is made of:', chargesText(facts.cost)] : [];
  return [planText(facts), ...charged, ...assumed].join('\n');
}

function written(file: string, text: string, option: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ArgsError(file, `cannot be written: ${messageOf(error)}`, `Name a file in a folder that is there, with ${option}.`, { cause: error });
  }
}

/** Wrong settings have no plan: every mistake at its line, and that is all. */
function refused(context: Context, problems: readonly Problem[], { json = false }: PlanFlags): ExitCode {
  if (json) context.out(JSON.stringify({ problems }, null, 2));
  else context.out([...problems.map(problemText), '', `${countsText(problems)}: there is no plan of these settings`].join('\n'));
  return EXIT.cannot;
}
