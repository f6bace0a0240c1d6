import { describe, expect, test } from 'vitest';
import { positionsFor } from '../../../runtime/model/positions.ts';
import type { RenderStatus } from '../../../runtime/model/render/types.ts';
import { render } from '../../../runtime/model/render.ts';
import { aModel, ENVIRONMENT, GPU, STICKY } from './models.ts';
import { objectOf, rulesOf } from './objects.ts';
import { aStatus, stations } from './statuses.ts';

const both = ['7', '8'] as const;
const rulesAt = (model: typeof GPU, status: RenderStatus) => rulesOf(render(model, status, ENVIRONMENT));
const pointed = (model: typeof GPU, status: RenderStatus) => rulesAt(model, status)[0]?.backendRefs.map(({ name, weight }) => `${name} ${weight}`);

describe('the route', () => {
  test('lies below the tenant’s host, or the model’s own, at the gateway in its namespace', () => {
    const parentRefs = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'weir', namespace: 'weir-gateway' }];
    const spec = (model: typeof GPU) => objectOf(render(model, aStatus(model), ENVIRONMENT), 'HTTPRoute', `weir-${model.model}`).spec;
    expect(spec(GPU)).toMatchObject({ hostnames: ['payments.ml.example.com'], parentRefs });
    expect(spec(STICKY)).toMatchObject({ hostnames: ['ranking.example.com'] });
  });

  test('has its two positions from the first write on, both at stable', () => {
    expect(pointed(GPU, aStatus(GPU))).toEqual(['fraud-a 9999', 'fraud-a 1']);
  });

  test('moves a share by weights, and all of it by pointing both positions at the other Service', () => {
    const { stepping, promoting, done } = stations(GPU);
    expect(stepping && pointed(GPU, stepping)).toEqual(['fraud-a 9500', 'fraud-b 500']);
    expect(promoting && pointed(GPU, promoting)).toEqual(['fraud-b 1', 'fraud-b 9999']);
    expect(done && pointed(GPU, done)).toEqual(['fraud-b 9999', 'fraud-b 1']);
  });

  test('has three positions when sticky: the hash ranges that proxy/assign.ts reads', () => {
    const status = aStatus(STICKY, { versions: both, phase: 'Stepping', weight: 1_000, start: 9_500 });
    expect(pointed(STICKY, status)).toEqual(['ranking-b 500', 'ranking-a 9000', 'ranking-b 500']);
    expect(status.route.positions).toEqual(positionsFor({ stableSlot: 'a', candidateSlot: 'b', candidateWeight: 1_000, sticky: true, start: 9_500 }));
  });

  test('tells the caller the version and the proxy the arm, at each position by itself', () => {
    const [rule] = rulesAt(GPU, aStatus(GPU, { versions: both, phase: 'Stepping', weight: 500 }));
    const filters = (version: string, arm: string) => [
      { type: 'ResponseHeaderModifier', responseHeaderModifier: { set: [{ name: 'x-model-version', value: version }] } },
      {
        type: 'RequestHeaderModifier',
        requestHeaderModifier: {
          set: [
            { name: 'x-weir-arm', value: arm },
            { name: 'x-weir-version', value: version },
          ],
        },
      },
    ];
    expect(rule?.backendRefs.map((ref) => ref.filters)).toEqual([filters('7', 'stable'), filters('8', 'candidate')]);
  });

  test('mirrors while shadowing to the candidate, while baking to the former champion, and never on a step', () => {
    const filters = (station: string) => rulesAt(GPU, stations(GPU)[station] ?? aStatus(GPU))[0]?.filters;
    const mirror = (name: string) => [{ type: 'RequestMirror', requestMirror: { backendRef: { kind: 'Service', name, port: 8080 }, percent: 10 } }];
    expect(filters('shadowing')).toEqual(mirror('fraud-b'));
    expect(filters('baking')).toEqual(mirror('fraud-a'));
    expect(filters('stepping')).toBeUndefined();
  });

  test('mirrors a share finer than a percent as a fraction, since the gateway’s percents are whole', () => {
    const status = aStatus(GPU, { versions: both, phase: 'Shadowing', mirror: 0.5 });
    expect(rulesAt(GPU, status)[0]?.filters).toMatchObject([{ requestMirror: { fraction: { numerator: 5_000, denominator: 1_000_000 } } }]);
  });

  test('shows the candidate to callers with the preview header, and stable when there is none or it was refused', () => {
    const preview = Object.entries(stations(GPU)).map(([station, status]) => [station, rulesAt(GPU, status)[1]?.backendRefs.map(({ name }) => name)]);
    expect(Object.fromEntries(preview)).toEqual({
      alone: ['fraud-a'],
      provisioning: ['fraud-b'],
      shadowing: ['fraud-b'],
      stepping: ['fraud-b'],
      promoting: ['fraud-b'],
      baking: ['fraud-b'],
      done: ['fraud-b'],
      refused: ['fraud-a'],
    });
    expect(rulesAt(GPU, aStatus(GPU))[1]?.matches).toEqual([
      {
        path: { type: 'PathPrefix', value: '/v2/models/fraud' },
        headers: [{ type: 'RegularExpression', name: 'x-weir-preview', value: '.+' }],
      },
    ]);
  });

  test('waits a second longer than the budget, so that the proxy’s fallback comes first', () => {
    expect(rulesAt(GPU, aStatus(GPU))[0]).toMatchObject({ timeouts: { request: '1050ms' } });
    const slow = aModel({ serving: { latency: '2m' } });
    expect(rulesAt(slow, aStatus(slow))[0]).toMatchObject({ timeouts: { request: '121s' } });
  });

  test('is refused with a position that is lost, is 0, or points at an empty slot', () => {
    const status = aStatus(GPU, { versions: both, phase: 'Stepping', weight: 500 });
    const withRoute = (route: Partial<RenderStatus['route']>) => () => render(GPU, { ...status, route: { ...status.route, ...route } }, ENVIRONMENT);
    expect(withRoute({ positions: [{ slot: 'a', weight: 9_999 }] })).toThrow('sum to 10000');
    expect(
      withRoute({
        positions: [
          { slot: 'a', weight: 10_000 },
          { slot: 'b', weight: 0 },
        ],
      }),
    ).toThrow('above 0');
    expect(withRoute({ versions: { ...status.route.versions, b: null } })).toThrow('slot b, which is empty');
  });
});

describe('the policy of the route', () => {
  const policy = (model: typeof GPU) => render(model, aStatus(model), ENVIRONMENT).find(({ kind }) => kind === 'BackendTrafficPolicy')?.spec;

  test('hashes the header of a sticky model, merged into the gateway’s own', () => {
    expect(policy(STICKY)).toMatchObject({
      targetRefs: [{ kind: 'HTTPRoute', name: 'weir-ranking' }],
      mergeType: 'StrategicMerge',
      loadBalancer: { type: 'ConsistentHash', consistentHash: { type: 'Headers', headers: [{ name: 'x-user-id' }] } },
    });
  });

  test('sends the requests of a model that may go to zero to the Service, where they count although no pod is there', () => {
    const zero = aModel({ serving: { autoscaling: { min: 1, max: 4, zero: { after: '30m' }, peaks: [] } } });
    expect(policy(zero)).toMatchObject({ routingType: 'Service' });
    expect(policy(zero)).not.toHaveProperty('loadBalancer');
  });

  test('is not there for a model that needs neither', () => {
    expect(policy(GPU)).toBeUndefined();
  });
});
