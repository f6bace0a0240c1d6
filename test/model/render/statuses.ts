import { sha256Of } from '../../../runtime/canonical-json.ts';
import type { TenantModel } from '../../../runtime/model/loaded.ts';
import { positionsFor } from '../../../runtime/model/positions.ts';
import type { RenderStatus } from '../../../runtime/model/render/types.ts';
import type { Phase } from '../../../runtime/model/status.ts';
import type { Slot } from '../../../runtime/model/types.ts';
import { digestOf } from './models.ts';

export interface StatusOptions {
  readonly stableSlot?: Slot;
  /** What is in slot a and slot b; null: nothing. */
  readonly versions?: readonly [string | null, string | null];
  readonly phase?: Phase;
  /** Of the slot that is not stable, per 10,000. */
  readonly weight?: number;
  readonly mirror?: number | null;
  readonly stableReplicas?: number;
  /** Where the candidate's range of hash buckets begins. */
  readonly start?: number;
}

/** A status that the controller could have written for this model. Default: version 7 is stable in slot a, alone. */
export function aStatus(model: TenantModel, options: StatusOptions = {}): RenderStatus {
  const { stableSlot = 'a', versions = ['7', null], phase = 'Stable', weight = 0, mirror = null, stableReplicas = 4, start = 7_130 } = options;
  const [a, b] = versions.map((version) =>
    version === null ? null : { version, digest: /^\d$/.test(version) ? digestOf(version) : sha256Of(version) },
  );
  const other = stableSlot === 'a' ? 'b' : 'a';
  const candidateSlot = (other === 'a' ? a : b) === null ? null : other;
  const { stickiness } = model.rollout;
  return {
    phase,
    stableReplicas,
    route: {
      positions: positionsFor({ stableSlot, candidateSlot, candidateWeight: weight, sticky: stickiness !== undefined, start }),
      mirror: mirror === null ? null : { slot: other, percent: mirror },
      sticky: stickiness ?? null,
      versions: { a: a ?? null, b: b ?? null },
      stableSlot,
      epoch: 9,
    },
  };
}

/** The stations of a rollout, from alone to alone again in the other slot, and one that was refused. */
export function stations(model: TenantModel): Readonly<Record<string, RenderStatus>> {
  const both = ['7', '8'] as const;
  return {
    alone: aStatus(model),
    provisioning: aStatus(model, { versions: both, phase: 'Provisioning' }),
    shadowing: aStatus(model, { versions: both, phase: 'Shadowing', mirror: 10 }),
    stepping: aStatus(model, { versions: both, phase: 'Stepping', weight: 500 }),
    promoting: aStatus(model, { versions: both, phase: 'Promoting', weight: 10_000 }),
    baking: aStatus(model, { versions: both, phase: 'Baking', stableSlot: 'b', mirror: 10 }),
    done: aStatus(model, { versions: [null, '8'], stableSlot: 'b' }),
    refused: aStatus(model, { versions: both, phase: 'RollingBack' }),
  };
}
