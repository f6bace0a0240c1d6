import type { DriftView } from '../drift/view-types.ts';
import { weightOf } from '../model/positions.ts';
import type { Phase, Route } from '../model/status.ts';
import { keyOf, type ModelSpec } from '../model/types.ts';
import type { ModelObject } from '../objects/port.ts';
import type { AuditEvent } from '../telemetry/events.ts';
import type { Sample } from '../telemetry/samples.ts';
import { sentenceOf } from './sentence.ts';
import type { InjectionView, ModelView, View } from './view.ts';

/** Everything that the page shows, as the platform's parts hold it. */
export interface Parts {
  readonly now: number;
  readonly eventTime: number | null;
  readonly models: readonly ModelObject[];
  readonly routes: ReadonlyMap<string, Route>;
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
  readonly drift: ReadonlyMap<string, DriftView>;
  readonly injections: readonly InjectionView[];
  readonly timeline: readonly AuditEvent[];
}

/** The view is derived, never kept: what it says is what the records say at this moment. */
export function assembleView(parts: Parts): View {
  const models = parts.models.map((object) => viewModel(object, parts));
  return {
    at: parts.now,
    eventTime: parts.eventTime,
    sentence: sentenceOf(models, parts.injections, parts.now),
    models,
    injections: parts.injections,
    timeline: parts.timeline,
  };
}

function viewModel({ spec, status }: ModelObject, parts: Parts): ModelView {
  const key = keyOf(spec);
  const route = parts.routes.get(key);
  const stable = status?.stable ?? null;
  const attempt = status?.attempt ?? null;
  return {
    key,
    owner: spec.owner,
    phase: status?.phase ?? 'Validating',
    stableVersion: stable?.version ?? null,
    candidateVersion: attempt?.candidate.version ?? null,
    weight: route === undefined ? 0 : weightOf(route, route.stableSlot === 'a' ? 'b' : 'a') / 10_000,
    mirrorPercent: route?.mirror?.percent ?? 0,
    line: phaseLine(spec, status),
    conditions: status?.conditions ?? [],
    locks: status?.locks ?? [],
    guards: (attempt?.guards ?? []).map(({ name, verdict, logE, logThreshold, ratio, shown, message }) => ({
      name,
      verdict,
      logE,
      logThreshold,
      ratio,
      shown,
      message,
    })),
    history: status?.history ?? [],
    samples: parts.samples.get(key) ?? [],
    drift: parts.drift.get(key) ?? null,
  };
}

type LineEntry = ModelView['line'][number];
/** What the line reads of a ModelStatus. */
type Stand = { readonly phase: Phase; readonly attempt: { readonly step: { readonly index: number } } | null };

/** The plan as a line of words, with where the attempt stands; between attempts the last outcome. */
export function phaseLine(spec: ModelSpec, status: Stand | null): readonly LineEntry[] {
  const phase = status?.phase ?? 'Validating';
  const steps = spec.rollout.steps.map((step) => {
    if (step.kind === 'shadow') return { name: 'shadow', detail: `${step.percent} % mirrored` };
    return step.kind === 'weight' ? { name: `${step.weight / 100} %`, detail: 'of requests' } : { name: 'approval', detail: step.by };
  });
  const names = [
    { name: 'gates', detail: `${spec.rollout.gates.length} checks` },
    { name: 'load', detail: 'at weight 0' },
    ...steps,
    { name: 'promote', detail: 'roles swap' },
    { name: 'bake', detail: 'champion kept warm' },
  ];
  const at = positionOf(phase, status, steps.length);
  return names.map(({ name, detail }, index) => ({ name, detail, state: stateOf(index, at, phase) }));
}

const FAILED: readonly Phase[] = ['RollingBack', 'Rejected', 'Locked', 'Failed', 'RolledBack'];

function stateOf(index: number, at: number, phase: Phase): LineEntry['state'] {
  if (index < at) return 'done';
  if (index > at) return 'next';
  return FAILED.includes(phase) ? 'failed' : 'now';
}

/** Index into the line; its length when all is done. */
function positionOf(phase: Phase, status: Stand | null, steps: number): number {
  const step = status?.attempt?.step.index ?? 0;
  switch (phase) {
    case 'Validating':
    case 'Rejected':
      return 0;
    case 'Provisioning':
      return 1;
    case 'Shadowing':
    case 'Stepping':
      return 2 + step;
    case 'Promoting':
      return 2 + steps;
    case 'Baking':
      return 3 + steps;
    case 'Stable':
      return 4 + steps;
    case 'RollingBack':
    case 'Superseding':
    case 'Locked':
    case 'Failed':
    case 'RolledBack':
      break;
  }
  return 2 + Math.min(step, steps); // where it was when it left
}
