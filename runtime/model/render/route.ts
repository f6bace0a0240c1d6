import { secondsOf } from '../duration.ts';
import type { TenantModel } from '../loaded.ts';
import { TOTAL } from '../positions.ts';
import type { Position, Route } from '../status.ts';
import { metadataOf } from './metadata.ts';
import { hostOf, modelName, slotName } from './names.ts';
import { PROXY_PORT } from './proxy.ts';
import { gatewayDuration } from './seconds.ts';
import { candidateSlot } from './slots.ts';
import type { KubernetesObject, RenderEnvironment, RenderStatus } from './types.ts';

type Part = Readonly<Record<string, unknown>>;

/**
 * The HTTPRoute: 10-rollout, 9. Envoy Gateway names clusters by the place of rule and backendRef, and a cluster that goes takes the requests
 * on their way with it. So the rules of a model, their order, and the number of backendRefs in each never change; a share moves by pointing a
 * position at the other Service.
 * @throws Error for an intent that no controller may write: weights that do not sum to 10,000, or a position that points at an empty slot
 */
export function httpRoute(model: TenantModel, status: RenderStatus, environment: RenderEnvironment): KubernetesObject {
  const { gateway } = environment;
  assertRoute(status.route);
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { ...metadataOf(model, modelName(model.model)), annotations: { 'weir.dev/epoch': String(status.route.epoch) } },
    spec: {
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway.name, namespace: gateway.namespace }],
      hostnames: [hostOf(model, environment)],
      rules: [trafficRule(model, status.route), ...previewRules(model, status)],
    },
  };
}

/** What the steps move. It is the first rule, whether or not there is another. */
function trafficRule(model: TenantModel, route: Route): Part {
  return {
    matches: [{ path: pathMatch(model) }],
    ...mirrorFilters(model, route),
    backendRefs: route.positions.map((position) => backendRef(model, route, position)),
    timeouts: { request: requestTimeout(model) },
  };
}

/**
 * Requests with the header reach the new version before any traffic does, and its weight is touched by no step. Without a candidate the rule
 * stays and points at stable: a rule that goes takes its cluster with it. More headers outrank fewer (Gateway API), whatever the order.
 */
function previewRules(model: TenantModel, status: RenderStatus): readonly Part[] {
  const { preview } = model.rollout;
  if (preview === undefined) return [];
  const slot = candidateSlot(status) ?? status.route.stableSlot;
  return [
    {
      matches: [{ path: pathMatch(model), headers: [{ type: 'RegularExpression', name: preview.header, value: '.+' }] }],
      backendRefs: [backendRef(model, status.route, { slot, weight: TOTAL })],
      timeouts: { request: requestTimeout(model) },
    },
  ];
}

function pathMatch(model: TenantModel): Part {
  return { type: 'PathPrefix', value: model.route.path };
}

/** Shadowing, and the control copies while baking. A copy carries the other arm's headers, by which the proxy knows it for one. */
function mirrorFilters(model: TenantModel, { mirror }: Route): Part {
  if (mirror === null) return {};
  const backend = { kind: 'Service', name: slotName(model.model, mirror.slot), port: PROXY_PORT };
  return { filters: [{ type: 'RequestMirror', requestMirror: { backendRef: backend, ...mirrorShare(mirror.percent) } }] };
}

/** The gateway's percents are whole numbers; a finer share is a fraction of a million, which is as fine as Envoy draws. */
function mirrorShare(percent: number): Part {
  return Number.isInteger(percent) ? { percent } : { fraction: { numerator: Math.max(1, Math.round(percent * 10_000)), denominator: 1_000_000 } };
}

/** With filters of its own each position is a cluster of its own: metrics by arm, and the arm picked by hash. */
function backendRef(model: TenantModel, route: Route, { slot, weight }: Position): Part {
  const version = route.versions[slot]?.version ?? '';
  const arm = slot === route.stableSlot ? 'stable' : 'candidate';
  const answered = { set: [{ name: 'x-model-version', value: version }] };
  const asked = {
    set: [
      { name: 'x-weir-arm', value: arm },
      { name: 'x-weir-version', value: version },
    ],
  };
  return {
    kind: 'Service',
    name: slotName(model.model, slot),
    port: PROXY_PORT,
    weight,
    filters: [
      { type: 'ResponseHeaderModifier', responseHeaderModifier: answered },
      { type: 'RequestHeaderModifier', requestHeaderModifier: asked },
    ],
  };
}

const MARGIN_SECONDS = 1;

/**
 * Beyond the budget, which the proxy keeps: past this even the proxy hangs. Envoy's own default is 15 s for everything. A stream may take
 * as long as its longest answer; a model without a budget as long as its objective says, four times.
 */
function requestTimeout({ llm, serving, slo }: TenantModel): string {
  if (llm !== undefined) return gatewayDuration(secondsOf(llm.longestStream) + MARGIN_SECONDS);
  const budget = serving.latency === undefined ? 4 * slo.latency.seconds : secondsOf(serving.latency);
  return gatewayDuration(budget + MARGIN_SECONDS);
}

function assertRoute({ positions, mirror, versions }: Route): void {
  const sum = positions.reduce((total, { weight }) => total + weight, 0);
  const whole = positions.every(({ weight }) => Number.isInteger(weight) && weight >= 1);
  if (sum !== TOTAL || !whole) throw new Error(`the positions ${JSON.stringify(positions)} are not whole weights above 0 that sum to ${TOTAL}`);
  const empty = [...positions, ...(mirror === null ? [] : [mirror])].find(({ slot }) => versions[slot] === null);
  if (empty !== undefined) throw new Error(`the route points at slot ${empty.slot}, which is empty`);
}
