import { secondsOf as seconds } from '../../runtime/model/duration.ts';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import type { EffectiveStep } from '../../runtime/model/model-file.ts';
import { advanceSeconds } from '../../runtime/rollout/evidence/expected.ts';

/** How long a rollout of a healthy version takes until it is promoted. */
export interface ExpectedTime {
  /** Requests a second, on an ordinary day; null without a hint: then `seconds` are the dwells alone, the least it can be. */
  readonly requestsPerSecond: number | null;
  /** Infinity when a step shows nothing at this traffic: past its maxDwell a person decides. */
  readonly seconds: number;
  /** Who must approve, in between. */
  readonly approvals: readonly string[];
}

/** The sum over the steps, of what lasts longest in each: dwell, samples, or the evidence of a ratio guard (10-rollout, 12.5). */
export function expectedTime({ rollout, traffic, pattern }: TenantModel): ExpectedTime {
  const rate = traffic === undefined || pattern === 'batch' ? null : traffic.usual; // a table has no requests
  const each = rollout.steps.map((step) =>
    stepSeconds(step, rate, (weight, margin) => evidenceSeconds(rollout, traffic, { rate: rate ?? 0, weight, margin })),
  );
  return {
    requestsPerSecond: rate,
    seconds: each.reduce((sum, one) => sum + one, 0),
    approvals: rollout.steps.flatMap((step) => ('approve' in step ? [step.approve.by] : [])),
  };
}

function stepSeconds(step: EffectiveStep, rate: number | null, evidence: (weight: number, margin: number) => number): number {
  if ('approve' in step) return 0;
  const isShadow = 'shadow' in step;
  const { minDwell, minSamples } = isShadow ? step.shadow : step;
  const dwell = seconds(minDwell);
  if (rate === null) return dwell;
  const weight = (isShadow ? step.shadow.percent : step.weight) / 100;
  const samples = rate > 0 ? minSamples / (rate * weight) : Infinity;
  return Math.max(dwell, samples, isShadow || weight >= 1 ? 0 : evidence(weight, step.margin));
}

interface Step {
  readonly rate: number;
  readonly weight: number;
  readonly margin: number;
}

/** The slowest of the ratio guards. Of the share of an event only that of errors may be declared; else it is taken to be at its limit. */
function evidenceSeconds({ guards, analysis }: TenantModel['rollout'], traffic: TenantModel['traffic'], { rate, weight, margin }: Step): number {
  const times = guards.flatMap(({ kind, event, floor, dryRun }) => {
    if (kind !== 'ratio' || dryRun || floor === undefined || floor <= 0) return [];
    const share = event === 'error' ? (traffic?.errors ?? floor) : floor;
    const load = { requestsPerSecond: rate, share, weight, blockSeconds: seconds(analysis.block) };
    return [advanceSeconds(load, { margin, floor, alpha: analysis.advanceAlpha, ratio: [], shares: [] })];
  });
  return Math.max(0, ...times);
}

/** `about 3 h at 200 requests/s`, `no traffic hint: at least 1 h 30 min of dwell`. */
export function expectedText({ requestsPerSecond, seconds: time, approvals }: ExpectedTime): string {
  const waits = approvals.length === 0 ? '' : `, and the approval of ${approvals.join(' and ')}`;
  if (requestsPerSecond === null) return `no traffic hint: at least ${timeText(time)} of dwell${waits}`;
  const rate = `${requestsPerSecond.toLocaleString('en')} requests/s`;
  if (!Number.isFinite(time)) return `${rate} are too few to show anything: a person decides past maxDwell${waits}`;
  return `about ${timeText(time)} at ${rate}${waits}`;
}

/** Minutes below two hours, hours with minutes below a day, days above. */
export function timeText(time: number): string {
  const minutes = Math.ceil(time / 60);
  if (time < 60) return `${Math.ceil(time)} s`;
  if (minutes < 120) return `${minutes} min`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  return rest === 0 || hours >= 10 ? `${Math.round(minutes / 60)} h` : `${hours} h ${rest} min`;
}
