import { randomUUID } from 'node:crypto';
import { ArgsError } from '../../runtime/errors.ts';
import type { ActionKind, Lock, ModelAction } from '../../runtime/model/status.ts';
import { keyOf } from '../../runtime/model/types.ts';
import type { ModelObject, ObjectStore } from '../../runtime/objects/port.ts';
import type { Cli } from '../command.ts';
import { type CommonOptions, type Context, stateOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { findModel } from '../models.ts';
import { openObjects } from '../objects.ts';
import { existingState, runningPlatform } from '../platform.ts';

export interface ActionFlags extends CommonOptions {
  readonly reason: string;
  readonly wait: boolean;
  readonly digest?: string;
}

const PATIENCE_MS = 10_000;
const SILENT_MS = 2_000; // longer than this without a word looks like a hang
const LOOK_MS = 100;

/** Records the action and waits for the controller's answer. Fine only when it was done, or when waiting was not wanted. */
export async function act({ context }: Cli, kind: ActionKind, name: string, flags: ActionFlags): Promise<ExitCode> {
  const folder = existingState(stateOf(context, flags));
  const objects = openObjects(folder, context);
  const model = await findModel(objects, name);
  const spec = { tenant: model.spec.tenant, model: model.spec.name, action: kind, reason: reasonOf(flags.reason), ...digestOf(kind, model, flags) };
  const action = `${kind.toLowerCase()}-${randomUUID()}`;
  await objects.createAction({ name: action, spec });
  const running = runningPlatform(folder) !== null;
  const answered = flags.wait && running ? await answerOf(context, objects, keyOf(model.spec), action) : null;
  return tell(context, { kind, key: keyOf(model.spec), action, running, status: answered?.status ?? null }, flags);
}

function reasonOf(text: string): string {
  const reason = text.trim();
  if (reason === '' || reason.length > 500) throw new ArgsError('--reason', `has ${reason.length} characters`, 'Say why in 1 to 500.');
  return reason;
}

/** Of a lock, by its digest or how that begins; the only lock needs no name. */
function digestOf(kind: ActionKind, { spec, status }: ModelObject, { digest }: ActionFlags): { readonly digest?: string } {
  if (kind !== 'Unlock') return {};
  const locks: readonly Lock[] = status?.locks ?? [];
  const known = locks.map((lock) => `${lock.digest} (version ${lock.version})`).join(', ');
  if (locks.length === 0) throw new ArgsError(keyOf(spec), 'no version of it is locked', `See weir rollout status ${spec.name}`);
  const wanted = digest?.replace(/^sha256:/, '').toLowerCase() ?? '';
  const found = locks.filter((lock) => lock.digest.replace(/^sha256:/, '').startsWith(wanted));
  const [only] = found;
  if (only !== undefined && found.length === 1) return { digest: only.digest };
  const problem = found.length === 0 ? `"${digest}" is the digest of no lock` : `${found.length} locks fit`;
  throw new ArgsError('--digest', problem, `Locked are ${known}.`);
}

/** Null when no answer came in time. */
async function answerOf(context: Context, objects: ObjectStore, key: string, name: string): Promise<ModelAction | null> {
  let told = false;
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    const action = (await objects.actions(key)).find((one) => one.name === name);
    if (action !== undefined && action.status !== null) return action;
    if (waited >= SILENT_MS && !told) {
      context.note(`waiting for the rollout controller (up to ${PATIENCE_MS / 1000} s)`);
      told = true;
    }
    await context.wait(LOOK_MS);
  }
  return null;
}

interface Told {
  readonly kind: ActionKind;
  readonly key: string;
  readonly action: string;
  readonly running: boolean;
  readonly status: ModelAction['status'];
}

function tell(context: Context, told: Told, { json = false, wait }: ActionFlags): ExitCode {
  const { kind, key, action, running, status } = told;
  if (json) context.out(JSON.stringify({ model: key, action: kind, name: action, platform: running ? 'running' : 'down', answer: status }));
  else if (status !== null) context.out(`${key}  ${kind} ${status.result}: ${status.message}`);
  else if (!running) context.out(`${key}  ${kind} is recorded as ${action}: no platform runs on this state folder, it waits until one does`);
  else context.out(`${key}  ${kind} is recorded as ${action}${wait ? `: no answer in ${PATIENCE_MS / 1000} s, see weir rollout status` : ''}`);
  if (status !== null) return status.result === 'Done' ? EXIT.fine : EXIT.cannot;
  return wait ? EXIT.findings : EXIT.fine;
}
