import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { loadHash64 } from '../../runtime/model/hash.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import type { LoadedFolder, TenantModel } from '../../runtime/model/loaded.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import type { Slot } from '../../runtime/model/types.ts';
import { type Cli, filesCommand, runs } from '../command.ts';
import type { CommonOptions } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { tenantsOf } from '../model-place.ts';
import { oneModel } from '../one-model.ts';
import { type ProfileFlag, profileOption } from '../profile.ts';
import { objectsOf, poolOf, withVersion } from '../render/objects.ts';
import { readEnvironment } from '../render/read-environment.ts';
import { kindsText, objectsText } from '../render/text.ts';

interface RenderFlags extends CommonOptions, ProfileFlag {
  readonly dir: string;
  readonly slot: Slot;
  readonly version?: string;
  readonly environment?: string;
}

/** `weir render MODEL`: the objects that the controller will apply. */
export function renderCommand(cli: Cli): Command {
  const examples = [
    'render payments/fraud',
    'render tenants/payments/models/fraud.yaml --slot b --version 9 --profile prod --environment prod.yaml',
    'render payments/fraud | kubectl apply --dry-run=server -f -',
  ];
  return filesCommand('render <model>', 'the Kubernetes objects of a model (a file, or TENANT/NAME), as the controller will apply them', examples)
    .addOption(new Option('--slot <slot>', 'the slot that its version serves from').choices(['a', 'b']).default('a'))
    .option('--version <version>', 'another version than the file says')
    .addOption(profileOption())
    .option('--environment <file>', 'what the platform is called, as YAML or JSON (default: example values, and it is said)')
    .option('--dir <folder>', 'the folder of tenants that TENANT/NAME lies in', 'tenants')
    .addHelpText('after', '\nIt ends with 0 when it could be rendered, with 1 when the file has problems, with 2 when it cannot be read.')
    .action(runs(cli, (model: string, flags: RenderFlags) => renderModel(cli, model, flags)));
}

async function renderModel({ context }: Cli, given: string, flags: RenderFlags): Promise<ExitCode> {
  const { environment, said } = readEnvironment(flags.environment);
  const found = oneModel(context, given, flags);
  if (found === null) return EXIT.findings;
  const { file, loaded, folder } = found;
  const model = withVersion(loaded.model, flags.version);
  const around = poolOf(model) === null ? folder : poolMates(file, model, { profile: profileOf(flags.profile) }, context);
  const objects = objectsOf(model, around, { environment, slot: flags.slot, hash: await loadHash64() });
  if (flags.json === true) context.out(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2));
  else context.out([`# ${said}`, ...digestNote(model), objectsText(objects)].join('\n'));
  context.note(`# ${kindsText(objects)}${flags.json === true ? `; ${said}` : ''}`);
  return EXIT.fine;
}

/** A pool holds all models of its tenant that name it; one whose file is wrong is left out, and it is said. */
function poolMates(file: string, { tenant }: TenantModel, options: Parameters<typeof loadFolder>[1], context: Cli['context']): LoadedFolder {
  const folder = loadFolder(tenantsOf(file), options);
  const wrong = new Set(folder.problems.map((problem) => resolve(problem.file)).filter((path) => path.startsWith(resolve(tenantsOf(file), tenant))));
  for (const path of wrong) context.note(`# left out of the pool, since it has problems: ${path}`);
  return folder;
}

/** A digest that only the registry knows is shown as zeros. */
function digestNote({ registry }: TenantModel): readonly string[] {
  if (registry.digest !== undefined) return [];
  return [
    `# digest: zeros, in the place of the one that the registry has for ${registry.model} ${registry.version ?? registry.follow ?? ''}`.trimEnd(),
  ];
}
