import type { Command } from 'commander';
import type { LoadedModel } from '../../runtime/model/loaded.ts';
import { type Path, pathText } from '../../runtime/model/read/locate.ts';
import { type Cli, filesCommand, runs } from '../command.ts';
import type { CommonOptions } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { fieldOf, fieldPath } from '../explain/field.ts';
import { explainText, specOf } from '../explain/text.ts';
import { oneModel } from '../one-model.ts';
import { type ProfileFlag, profileOption } from '../profile.ts';

interface ExplainFlags extends CommonOptions, ProfileFlag {
  readonly dir: string;
  readonly field?: string;
}

/** `weir explain MODEL`: the whole effective spec of a model, and where each value comes from. */
export function explainCommand(cli: Cli): Command {
  const examples = [
    'explain tenants/payments/models/fraud.yaml',
    'explain tenants/payments/models/fraud.yaml --profile prod --field serving.autoscaling',
    'explain payments/fraud | grep tenant.yaml',
  ];
  return filesCommand('explain <model>', 'the whole effective spec of a model (a file, or TENANT/NAME), and where each value comes from', examples)
    .addOption(profileOption())
    .option('--field <path>', 'only this part, such as serving.batching or rollout.steps[0]')
    .option('--dir <folder>', 'the folder of tenants that TENANT/NAME lies in', 'tenants')
    .addHelpText('after', '\nIt ends with 0 when it could be explained, with 1 when the file has problems, with 2 when it cannot be read.')
    .action(runs(cli, (model: string, flags: ExplainFlags) => explain(cli, model, flags)));
}

function explain({ context }: Cli, given: string, flags: ExplainFlags): ExitCode {
  const found = oneModel(context, given, flags);
  if (found === null) return EXIT.findings;
  const { file, loaded } = found;
  const { profile, field = '', json = false } = flags;
  const only = fieldPath(field);
  const part = fieldOf({ ...specOf(loaded) }, only);
  if (json) context.out(JSON.stringify({ file, tenant: loaded.model.tenant, profile, spec: part, origins: originsBelow(loaded, only) }, null, 2));
  else
    context.out(`# ${file} of tenant ${loaded.model.tenant}, profile ${profile}
${explainText(loaded, only)}`);
  return EXIT.fine;
}

/** Origins by the path in the whole spec. */
function originsBelow({ origins }: LoadedModel, only: Path): object {
  const place = pathText(only);
  const below = [...origins].filter(([path]) => place === '' || path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`));
  return Object.fromEntries(below);
}
