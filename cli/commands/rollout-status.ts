import type { Command } from 'commander';
import { keyOf } from '../../runtime/model/types.ts';
import type { ModelObject } from '../../runtime/objects/port.ts';
import { statusText } from '../../runtime/rollout/text.ts';
import { unregistered } from '../../runtime/rollout/text-advice.ts';
import { type Cli, command, runs } from '../command.ts';
import { type CommonOptions, stateOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { findModel } from '../models.ts';
import { openObjects } from '../objects.ts';
import { existingState, runningPlatform } from '../platform.ts';
import { columns } from '../table.ts';

/** `weir rollout status [MODEL]`: what serves, what is on its way, why, and what to do next. */
export function statusCommand(cli: Cli): Command {
  const examples = ['rollout status', 'rollout status fraud', 'rollout status payments/fraud --json'];
  return command('status [model]', 'where the rollouts are, why, and what to do next', examples).action(
    runs(cli, (model: string | undefined, options: CommonOptions) => status(cli, model, options)),
  );
}

async function status({ context }: Cli, name: string | undefined, options: CommonOptions): Promise<ExitCode> {
  const folder = existingState(stateOf(context, options));
  const objects = openObjects(folder, context);
  const models = name === undefined ? await objects.models() : [await findModel(objects, name)];
  const platform = runningPlatform(folder);
  if (options.json === true) {
    const facts = models.map(({ spec, status, generation }) => ({
      model: keyOf(spec),
      owner: spec.owner,
      version: spec.registry.version,
      generation,
      status,
    }));
    context.out(JSON.stringify({ platform, models: facts }, null, 2));
    return EXIT.fine;
  }
  if (name === undefined) context.out(overview(models));
  else for (const { spec, status } of models) context.out(statusText(spec, status, context.now()));
  if (platform === null) context.out('\nno platform runs on this state folder: this is how it was left');
  return EXIT.fine;
}

function overview(models: readonly ModelObject[]): string {
  if (models.length === 0) return 'no models yet';
  return columns([['MODEL', 'PHASE', 'STABLE', 'CANDIDATE', 'SINCE', 'WHY'], ...models.map(rowOf)]);
}

function rowOf({ spec, status }: ModelObject): readonly string[] {
  if (status === null) return [keyOf(spec), 'New', '-', spec.registry.version, '-', 'the rollout controller has not seen it yet'];
  const { phase, stable, attempt, history, conditions } = status;
  const held = conditions.find(({ type, status }) => type === 'Held' && status);
  const last = history.at(-1);
  return [
    keyOf(spec),
    phase,
    stable?.version ?? '-',
    attempt?.candidate.version ?? '-',
    last?.at ?? '-',
    held?.message ?? unregistered(status) ?? last?.message ?? '-',
  ];
}
