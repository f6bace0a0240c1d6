import { Command } from 'commander';
import type { ActionKind } from '../../runtime/model/status.ts';
import { type Cli, command, runs } from '../command.ts';
import { type ActionFlags, act } from './rollout-action.ts';
import { statusCommand } from './rollout-status.ts';

/** The verbs that make a ModelAction. `Unlock` names a digest besides. */
const VERBS: readonly (readonly [string, ActionKind, string])[] = [
  ['promote', 'Promote', 'pass the approval that the rollout waits for; without one, promote at once'],
  ['abort', 'Abort', 'end the rollout: all traffic back to the stable version, no lock'],
  ['pause', 'Pause', 'hold the rollout where it is; guards and rollback go on'],
  ['resume', 'Resume', 'end a pause'],
  ['skip', 'Skip', 'end the present step without its minimums; refused while a guard fails'],
  ['retry', 'Retry', 'start again with a version that failed or was unlocked'],
  ['unlock', 'Unlock', 'remove the lock of a version; it starts nothing'],
  ['rollback', 'Rollback', 'return from the stable version to the one before it'],
];

/** `weir rollout …`: where the rollouts are, and what a person may ask of them. */
export function rolloutCommand(cli: Cli): Command {
  const group = new Command('rollout').description('see and steer how new versions reach traffic').addCommand(statusCommand(cli));
  for (const verb of VERBS) group.addCommand(verbCommand(cli, verb));
  return group;
}

function verbCommand(cli: Cli, [verb, action, description]: (typeof VERBS)[number]): Command {
  const examples = [`rollout ${verb} fraud --reason "agreed with payments"`, `rollout ${verb} payments/fraud --json`];
  const made = command(`${verb} <model>`, description, verb === 'unlock' ? [...examples, 'rollout unlock fraud --digest 4be1'] : examples)
    .option('--reason <text>', 'why; it is kept with the action', `asked for with weir rollout ${verb}`)
    .option('--no-wait', 'do not wait for the answer');
  if (verb === 'unlock') made.option('--digest <hex>', 'digest of the lock, or its beginning; needed when there are several');
  return made.action(runs(cli, (model: string, flags: ActionFlags) => act(cli, action, model, flags)));
}
