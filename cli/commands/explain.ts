import type { Command } from 'commander';
import { ArgsError } from '../../runtime/errors.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import type { LoadedModel } from '../../runtime/model/loaded.ts';
import { loadFile } from '../../runtime/model/read/load.ts';
import { type Path, pathText } from '../../runtime/model/read/locate.ts';
import { type Problem, problemText } from '../../runtime/model/read/problem.ts';
import { type Cli, filesCommand, runs } from '../command.ts';
import type { CommonOptions } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { fieldOf, fieldPath } from '../explain/field.ts';
import { explainText, specOf } from '../explain/text.ts';
import { type ProfileFlag, profileOption } from '../profile.ts';
import { kindOf } from '../read-path.ts';

interface ExplainFlags extends CommonOptions, ProfileFlag {
  readonly field?: string;
}

/** `weir explain FILE`: the whole effective spec of a model, and where each value comes from. */
export function explainCommand(cli: Cli): Command {
  const examples = [
    'explain tenants/payments/models/fraud.yaml',
    'explain tenants/payments/models/fraud.yaml --profile prod --field serving.autoscaling',
    'explain tenants/payments/models/fraud.yaml | grep tenant.yaml',
  ];
  return filesCommand('explain <file>', 'the whole effective spec of a model file, and where each value comes from', examples)
    .addOption(profileOption())
    .option('--field <path>', 'only this part, such as serving.batching or rollout.steps[0]')
    .addHelpText('after', '\nIt ends with 0 when it could be explained, with 1 when the file has problems, with 2 when it cannot be read.')
    .action(runs(cli, (file: string, flags: ExplainFlags) => explain(cli, file, flags)));
}

function explain({ context }: Cli, file: string, { profile, field = '', json = false }: ExplainFlags): ExitCode {
  if (kindOf(file) === 'folder') throw new ArgsError(file, 'is a folder', 'Name one model file, such as tenants/payments/models/fraud.yaml.');
  const { models, problems } = loadFile(file, { profile: profileOf(profile) });
  const [loaded] = models;
  if (loaded === undefined) return refused(context, file, problems, json);
  const only = fieldPath(field);
  const part = fieldOf({ ...specOf(loaded) }, only);
  if (json) context.out(JSON.stringify({ file, tenant: loaded.model.tenant, profile, spec: part, origins: originsBelow(loaded, only) }, null, 2));
  else context.out(`# ${file} of tenant ${loaded.model.tenant}, profile ${profile}\n${explainText(loaded, only)}`);
  return EXIT.fine;
}

/** A file that is not right has no effective spec: its problems, as `weir validate` tells them. */
function refused(context: Cli['context'], file: string, problems: readonly Problem[], json: boolean): ExitCode {
  if (problems.length === 0) throw new ArgsError(file, 'is not a model file', 'Name a file of <tenant>/models/.');
  context.out(json ? JSON.stringify({ file, problems }, null, 2) : problems.map(problemText).join('\n'));
  return EXIT.findings;
}

/** Origins by the path in the whole spec. */
function originsBelow({ origins }: LoadedModel, only: Path): object {
  const place = pathText(only);
  const below = [...origins].filter(([path]) => place === '' || path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`));
  return Object.fromEntries(below);
}
