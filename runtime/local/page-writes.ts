import type { ActionKind } from '../model/status.ts';
import { INJECTION_NAMES } from './injections.ts';
import type { Refusal } from './page-access.ts';
import type { InjectionName } from './view.ts';

export interface InjectRequest {
  readonly name: InjectionName;
  readonly active: boolean;
}

export interface ActionRequest {
  readonly model: string;
  readonly action: ActionKind;
  readonly reason: string;
  /** Unlock only: whose lock; null otherwise. */
  readonly digest: string | null;
}

const ACTIONS: readonly ActionKind[] = ['Promote', 'Abort', 'Pause', 'Resume', 'Skip', 'Retry', 'Unlock', 'Rollback'];

/** Body of `POST /api/inject`, checked field by field; a field that is not known is refused, so that a typing mistake is not ignored. */
export function parseInject(json: unknown): InjectRequest | Refusal {
  const body = asRecord(json, ['name', 'active']);
  if (body === null) return invalid('the body has other fields', 'Send {"name": …, "active": true or false}.');
  const name = INJECTION_NAMES.find((known) => known === body.name);
  if (name === undefined) return invalid(`name ${show(body.name)} is no injection`, `Use one of ${INJECTION_NAMES.join(', ')}.`);
  if (typeof body.active !== 'boolean') return invalid(`active ${show(body.active)} is no boolean`, 'Send true or false.');
  return { name, active: body.active };
}

/** Body of `POST /api/action`, checked in the same way. */
export function parseAction(json: unknown): ActionRequest | Refusal {
  const body = asRecord(json, ['model', 'action', 'reason', 'digest']);
  if (body === null) return invalid('the body has other fields', 'Send {"model": "tenant/name", "action": …, "reason": …}.');
  const { model, reason, digest = null } = body;
  const action = ACTIONS.find((known) => known === body.action);
  if (action === undefined) return invalid(`action ${show(body.action)} is not known`, `Use one of ${ACTIONS.join(', ')}.`);
  if (typeof model !== 'string' || !/^[^/]{1,100}\/[^/]{1,100}$/.test(model)) {
    return invalid(`model ${show(model)} is no model's key`, 'Send tenant/name, such as flights/eta.');
  }
  if (typeof reason !== 'string' || reason.trim() === '' || reason.length > 500) {
    return invalid(`reason ${show(reason)} is not 1 to 500 characters`, 'Say why: it is kept in the record.');
  }
  if (digest !== null && (typeof digest !== 'string' || digest.length > 100)) {
    return invalid(`digest ${show(digest)} is no digest`, 'Send the digest of the lock.');
  }
  return { model, action, reason: reason.trim(), digest };
}

function asRecord(json: unknown, fields: readonly string[]): Readonly<Record<string, unknown>> | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const entries = Object.entries(json);
  return entries.every(([key]) => fields.includes(key)) ? Object.fromEntries(entries) : null;
}

const show = (value: unknown): string => (JSON.stringify(value) ?? 'missing').slice(0, 80);

const invalid = (error: string, remedy: string): Refusal => ({ status: 400, error, remedy });
