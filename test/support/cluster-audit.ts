import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A change that the API server was asked for by the tests' own user, and made. */
export interface AuditEvent {
  readonly verb: 'create' | 'patch' | 'update' | 'delete';
  /** Plural, `deployments`. */
  readonly resource: string;
  /** Empty for what is of Kubernetes' core. */
  readonly group: string;
  /** Empty for what lies in no namespace. */
  readonly namespace: string;
  readonly name: string;
  /** When the server answered: microseconds since 1970. */
  readonly at: number;
}

/** In the server's folder. */
export const AUDIT_POLICY = 'audit-policy.json';
export const AUDIT_LOG = 'audit.log';

/** Only what the tests' user changes is written down: controllers and kwok change much more. */
export function writeAuditPolicy(folder: string): void {
  const ours = { level: 'Metadata', users: ['weir-test'], verbs: ['create', 'patch', 'update', 'delete'] };
  const policy = { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', omitStages: ['RequestReceived'], rules: [ours, { level: 'None' }] };
  writeFileSync(join(folder, AUDIT_POLICY), JSON.stringify(policy));
}

interface Line {
  readonly verb: AuditEvent['verb'];
  readonly userAgent?: string;
  readonly requestURI: string;
  readonly stageTimestamp: string;
  readonly objectRef?: {
    readonly resource?: string;
    readonly apiGroup?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly subresource?: string;
  };
  readonly responseStatus?: { readonly code?: number };
}

/** Without dry runs, refusals, changes of a status, and what controllers did under the same name: they have an agent of their own. */
export function readAudit(folder: string): readonly AuditEvent[] {
  const path = join(folder, AUDIT_LOG);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  const events = lines.slice(0, -1).flatMap((text) => eventOf(JSON.parse(text))); // the last may be half a line
  return events.sort((a, b) => a.at - b.at);
}

function eventOf({ verb, userAgent = '', requestURI, stageTimestamp, objectRef = {}, responseStatus = {} }: Line): readonly AuditEvent[] {
  const { resource = '', apiGroup: group = '', namespace = '', name = '', subresource } = objectRef;
  if (/^(kube|kwok)/.test(userAgent) || subresource !== undefined || requestURI.includes('dryRun=')) return [];
  if ((responseStatus.code ?? 500) >= 400) return [];
  return [{ verb, resource, group, namespace, name, at: microseconds(stageTimestamp) }];
}

/** `2026-11-21T19:50:22.811690Z`; Date knows milliseconds only. */
function microseconds(text: string): number {
  const [whole = '', fraction = ''] = text.replace('Z', '').split('.');
  return Date.parse(`${whole}Z`) * 1_000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}
