import type { ModelSpec } from '../model/types.ts';
import type { ModelStatus } from './types.ts';

/** Must anybody act tonight? */
export function nowFor({ owner }: ModelSpec, status: ModelStatus): string {
  const { phase, stable, attempt, locks } = status;
  const serves = stable === null ? 'no version serves' : `version ${stable.version} serves`;
  if (stable === null)
    return unregistered(status) === null ? `${serves}: ${owner} must name a version that passes` : `${serves} until its version is registered`;
  switch (phase) {
    case 'Locked':
    case 'Rejected':
    case 'RolledBack':
      return `nothing to do tonight: ${serves}, ${locks.map(({ digest }) => `digest ${short(digest)} is locked`).join(', ')}, ${owner} was told`;
    case 'Failed':
      return `nothing to do tonight: ${serves}, nothing is locked by this`;
    case 'RollingBack':
    case 'Superseding':
      return 'traffic returns to stable by itself';
    case 'Stable':
      return attempt === null ? 'nothing to do' : serves;
    case 'Validating':
    case 'Provisioning':
    case 'Shadowing':
    case 'Stepping':
    case 'Promoting':
    case 'Baking':
      return isHeld(status) ? `forward moves stop, guards go on; ${serves}` : 'it goes on by itself';
  }
  return '';
}

/** The command or the work that comes next; empty when there is none. */
export function nextFor({ name, registry }: ModelSpec, status: ModelStatus): string {
  const { phase, locks, conditions } = status;
  const lock = locks.at(-1);
  if (unregistered(status) !== null)
    return `weir registry push DIR --model ${registry.model} --version ${registry.version}, or name a version that is there`;
  const command = (verb: string): string => `weir rollout ${verb} ${name}`;
  if ((phase === 'Locked' || phase === 'Rejected' || phase === 'RolledBack') && lock !== undefined) {
    return `register a version that mends it;  or, if this was a mistake:  ${command('unlock')} --digest ${short(lock.digest)}, then ${command('retry')}`;
  }
  if (phase === 'Failed') return command('retry');
  const held = conditions.find(({ type, status: truth }) => type === 'Held' && truth)?.reason;
  switch (held) {
    case 'Paused':
      return command('resume');
    case 'Approval':
      return `${command('promote')}, or ${command('abort')}`;
    case 'Inconclusive':
      return `${command('skip')}, ${command('promote')}, or ${command('abort')}`;
    case undefined:
      return '';
    default:
      return `it goes on when the reason is gone;  or ${command('abort')}`;
  }
}

/** The first eight digits of a digest name it well enough for a command. */
export function short(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 8);
}

/** That the file names a version which the registry does not have, in words; null when it has it. */
export function unregistered({ conditions }: ModelStatus): string | null {
  return conditions.find(({ type, status, reason }) => type === 'Progressing' && !status && reason === 'UnknownVersion')?.message ?? null;
}

function isHeld({ conditions }: ModelStatus): boolean {
  return conditions.some(({ type, status }) => type === 'Held' && status);
}
