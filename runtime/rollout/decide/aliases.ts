import type { Decision } from '../types.ts';
import type { Decider } from './context.ts';

/** `champion` and `challenger` follow the status. Last of all: a registry that is down delays no traffic. */
export const aliases: Decider = ({ world, status }) => {
  const { stable, attempt, phase } = status;
  const settled = phase !== 'Baking' && phase !== 'RollingBack';
  if (stable !== null && settled && world.aliases.champion !== stable.version) return move('champion', stable.version);
  const contender = attempt !== null && (phase === 'Shadowing' || phase === 'Stepping') ? attempt.candidate.version : null;
  return contender !== null && world.aliases.challenger !== contender ? move('challenger', contender) : null;
};

function move(alias: string, version: string): Decision {
  return { kind: 'MoveAlias', alias, version, reason: 'Alias', message: `${alias} is version ${version}` };
}
