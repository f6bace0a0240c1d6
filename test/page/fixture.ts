import type { DriftView, VerdictDetail } from '../../runtime/drift/view-types.ts';
import type { ModelView, View } from '../../runtime/local/view.ts';
import type { AuditEvent } from '../../runtime/telemetry/events.ts';
import type { Sample } from '../../runtime/telemetry/samples.ts';
import { seeded } from '../support/seeded.ts';

/** 21 November 2026, 13:02:11 UTC. */
export const AT = Date.UTC(2026, 10, 21, 13, 2, 11);
/** 1 May 2001 17:00 UTC, the data's own clock. */
export const EVENT_TIME = Date.UTC(2001, 4, 1, 17);
const HOUR = 3_600_000;

/** Version 2 at 25 % after 1, 5 and 10 %, distance in kilometres since 05:00, one version locked: what a busy day looks like. */
export function fixtureView(): View {
  return {
    at: AT,
    eventTime: EVENT_TIME,
    sentence: {
      level: 'attention',
      text: 'flights/eta is healthy. Version 2 takes 25 % of traffic. distance has drifted since 05:00 with no harm shown: nothing to do.',
    },
    models: [fixtureModel()],
    injections: [
      { name: 'km', active: true, text: 'distance arrives in kilometres: large drift, little harm' },
      { name: 'utc-hour', active: false, text: 'the hour arrives in UTC: drift that harms' },
      { name: 'nulls', active: false, text: 'one origin in five is missing: data quality' },
      { name: 'slow', active: false, text: 'the candidate answers 40 ms later: the guard on slow answers' },
      { name: 'errors', active: false, text: 'the candidate fails 3 % of requests: rolled back and locked' },
      { name: 'stale', active: false, text: 'features stop changing: staleness' },
      { name: 'stop-traffic', active: false, text: 'the client falls silent: freshness' },
    ],
    timeline: fixtureTimeline(),
  };
}

function fixtureModel(): ModelView {
  const ago = (seconds: number): string => new Date(AT - seconds * 1000).toISOString();
  return {
    key: 'flights/eta',
    owner: 'flights-ml',
    phase: 'Stepping',
    stableVersion: '1',
    candidateVersion: '2',
    weight: 0.25,
    mirrorPercent: 0,
    line: [
      { name: 'Gates', state: 'done', detail: '6 passed' },
      { name: 'Shadow', state: 'done', detail: '1,300 pairs' },
      { name: '1 %', state: 'done', detail: '40 s' },
      { name: '5 %', state: 'done', detail: '62 s' },
      { name: '10 %', state: 'done', detail: '60 s' },
      { name: '25 %', state: 'now', detail: '2,410 requests' },
      { name: '50 %', state: 'next', detail: '' },
      { name: 'Promote', state: 'next', detail: '' },
      { name: 'Bake', state: 'next', detail: '' },
    ],
    conditions: [
      { type: 'Progressing', status: true, reason: 'Dwell', message: '18 s of 30 s at this step; 2,410 of 2,000 requests seen.', since: ago(18) },
      { type: 'WeightsInSync', status: true, reason: 'Verified', message: 'The gateway has the intended weights.', since: ago(17) },
    ],
    locks: [
      {
        digest: `sha256:4be1${'0'.repeat(60)}`,
        version: '3',
        reason: '3.1 times as many errors as version 1',
        at: ago(410),
        bundle: 'bundles/eta-1',
      },
    ],
    guards: [
      {
        name: 'errors',
        verdict: 'Pass',
        logE: 0.64,
        logThreshold: Math.log(250),
        ratio: [0.61, 1.44],
        shown: true,
        message: '11 of 2,410 against 29 of 7,230',
      },
      {
        name: 'slow',
        verdict: 'Pass',
        logE: 2.3,
        logThreshold: Math.log(500),
        ratio: [0.92, 1.9],
        shown: false,
        message: '48 of 2,410 against 110 of 7,230',
      },
      {
        name: 'fuse',
        verdict: 'Pass',
        logE: 0.025,
        logThreshold: 1,
        ratio: null,
        shown: false,
        message: '0.5 % of the latest requests failed, trips at 20 %',
      },
    ],
    history: [
      { at: ago(500), from: null, to: 'Stable', attempt: null, reason: 'First', message: 'Version 1 serves.' },
      { at: ago(412), from: 'Stepping', to: 'RollingBack', attempt: 'eta-1', reason: 'GuardFailed', message: 'errors: evidence 412 of 250.' },
      { at: ago(400), from: 'RollingBack', to: 'Locked', attempt: 'eta-1', reason: 'GuardFailed', message: 'Version 3 is locked.' },
      { at: ago(18), from: 'Stepping', to: 'Stepping', attempt: 'eta-2', reason: 'Advance', message: '25 % written and seen.' },
    ],
    samples: fixtureSamples(),
    drift: fixtureDrift(),
  };
}

/** Candidate's share, seconds before now: version 3 up to 5 % and back, then version 2. */
const WEIGHTS: readonly (readonly [number, number])[] = [
  [600, 0],
  [470, 0.01],
  [440, 0.05],
  [411, 0],
  [230, 0.01],
  [182, 0.05],
  [112, 0.1],
  [78, 0.25],
];

function fixtureSamples(): Sample[] {
  const random = seeded(7);
  return Array.from({ length: 600 }, (_, index) => {
    const before = 599 - index;
    const weight = WEIGHTS.findLast(([seconds]) => seconds >= before)?.[1] ?? 0;
    const requests = Math.round(590 + 40 * Math.sin(index / 47) + 30 * random());
    const candidate = Math.round(requests * weight * (0.9 + 0.2 * random()));
    const bad = before > 405 && before < 470;
    return {
      at: AT - before * 1000,
      weight,
      stable: armSample(requests - candidate, 0.004, 5.2, random),
      candidate: armSample(candidate, bad ? 0.05 : 0.0045, 6.1, random),
    };
  });
}

function armSample(requests: number, errorShare: number, p95: number, random: () => number): Sample['stable'] {
  if (requests === 0) return { requests, errors: 0, fallbacks: 0, p50: null, p95: null };
  const errors = Math.floor(requests * errorShare + random());
  const noise = 1 + (random() - 0.5) * (0.25 + 1.5 / Math.sqrt(requests));
  return { requests, errors, fallbacks: 0, p50: 0.55 * p95 * noise, p95: p95 * noise };
}

const FEATURES = [
  ['distance', 0.21],
  ['hour', 0.27],
  ['weekday', 0.06],
  ['month', 0.04],
  ['origin', 0.11],
  ['destination', 0.07],
  ['origin_late_4h', 0.16],
  ['nation_late_4h', 0.08],
] as const;

function fixtureDrift(): DriftView {
  const random = seeded(11);
  const windows = Array.from({ length: 60 }, (_, index) => EVENT_TIME - (60 - index) * HOUR);
  return {
    reference: { version: '1', rows: 966_409 },
    windows,
    features: FEATURES.map(([name, weight]) => ({
      name,
      weight,
      state: name === 'distance' ? ('critical' as const) : name === 'origin' ? ('warn' as const) : ('ok' as const),
      cells: windows.map((start) => fixtureCell(name, start, random)),
    })),
    quality: [
      { check: 'schema', feature: null, observed: 0, bound: 0, n: 2210, level: 'ok', text: 'Every column is there.', sql: null },
      {
        check: 'nulls',
        feature: 'origin',
        observed: 0.034,
        bound: 0.02,
        n: 2210,
        level: 'warn',
        text: '3.4 % are null (75 of 2,210); warns above 2 %, fails above 10 %',
        sql: null,
      },
      { check: 'freshness', feature: null, observed: 12, bound: 3600, n: 2210, level: 'ok', text: 'The last one is 12 s old.', sql: null },
      { check: 'volume', feature: null, observed: 2210, bound: 900, n: 2210, level: 'ok', text: 'As many as expected.', sql: null },
    ],
    performance: windows.flatMap((at, index) => fixturePerformance(at, index, random)),
    referenceAuc: 0.706,
    conclusion:
      'distance is CRITICAL since 05:00: it looks like a change of unit (x 1.609). Labels show no harm: AUC 0.701 against 0.706. Nobody was paged.',
    report: '/reports/flights/eta/2001-05-01.html',
  };
}

type Cell = DriftView['features'][number]['cells'][number];

function fixtureCell(name: string, start: number, random: () => number): Cell {
  const hour = new Date(start).getUTCHours();
  const n = Math.round((hour >= 6 && hour < 23 ? 900 : 120) * (0.8 + 0.4 * random()));
  if (start === EVENT_TIME - 31 * HOUR) return null;
  if (hour >= 2 && hour < 5) return { level: 'insufficient', psi: null, n: Math.round(n / 3), cause: 'small' };
  if (name === 'distance' && start >= Date.UTC(2001, 4, 1, 5)) return { level: 'critical', psi: 0.41 + 0.04 * random(), n, cause: null };
  const warn = (name === 'origin' && start >= EVENT_TIME - 6 * HOUR) || (name === 'origin_late_4h' && hour === 21);
  return { level: warn ? 'warn' : 'ok', psi: warn ? 0.13 : 0.03 * random(), n, cause: null };
}

function fixturePerformance(at: number, index: number, random: () => number): DriftView['performance'] {
  const noise = 0.03 * (random() - 0.5);
  const common = { at, accuracy: 0.81 };
  const estimated = { ...common, kind: 'estimated' as const, auc: 0.7 + noise / 2, aucSe: null, labelled: 0, mature: false };
  if (index % 6 !== 5 || index > 36) return [estimated];
  return [estimated, { ...common, kind: 'realised', auc: 0.701 + noise, aucSe: 0.006, labelled: 4100 + index * 20, mature: true }];
}

function fixtureTimeline(): AuditEvent[] {
  const rows: readonly (readonly [number, AuditEvent['source'], string, string, string | null])[] = [
    [18, 'rollout', 'Advanced', 'Version 2 takes 25 %: errors and slow shown to be below 1.9 times those of version 1.', 'objects/eta.status.json'],
    [
      61,
      'responder',
      'NoHarm',
      'distance is critical, and labels show no harm: AUC 0.701 against 0.706. Nobody was paged.',
      'drift/verdicts/eta.json',
    ],
    [
      66,
      'drift',
      'DriftCritical',
      'distance is CRITICAL: PSI 0.41 (0.33 to 0.46), 44 % of it from values above 1,562; looks like a change of unit: x 1.609.',
      null,
    ],
    [112, 'person', 'Injected', 'km was switched on.', null],
    [230, 'rollout', 'Started', 'Version 2 starts: gates passed (6), shadow 1,300 pairs, 0 differ.', null],
    [400, 'rollout', 'Locked', 'Version 3 is locked (sha256:4be1…). Next: fix the export and register version 4.', 'bundles/eta-1/index.json'],
    [
      411,
      'rollout',
      'RolledBack',
      'Version 3 was rolled back: 61 of 1,204 errors against 388 of 23,900; evidence 412 of 250; weight 0 after 840 ms.',
      'bundles/eta-1/index.json',
    ],
    [470, 'rollout', 'Started', 'Version 3 starts: gates passed (6).', null],
    [590, 'platform', 'Ready', 'Version 1 of flights/eta serves. Trained in 38 s, hold-out AUC 0.672.', null],
  ];
  return rows.map(([seconds, source, kind, text, record], index) => ({
    id: `audit-${rows.length - index}`,
    at: new Date(AT - seconds * 1000).toISOString(),
    eventTime: source === 'drift' || source === 'responder' ? new Date(EVENT_TIME).toISOString() : null,
    source,
    tenant: source === 'platform' ? '' : 'flights',
    model: source === 'platform' ? '' : 'eta',
    kind,
    text,
    record,
    data: {},
  }));
}

/** What a click on a critical hour of `distance` opens. */
export function fixtureDetail(feature: string): VerdictDetail {
  const bins = [
    'up to 199',
    '199 to 305',
    '305 to 392',
    '392 to 490',
    '490 to 602',
    '602 to 733',
    '733 to 907',
    '907 to 1,124',
    '1,124 to 1,562',
    'above 1,562',
  ];
  const current = [0.041, 0.048, 0.061, 0.066, 0.084, 0.088, 0.102, 0.116, 0.152, 0.242];
  const shares = [0.09, 0.07, 0.05, 0.03, 0.01, 0.01, 0, 0.03, 0.27, 0.44];
  return {
    feature,
    level: 'critical',
    text: `${feature} moved: 44 % of it are values above 1,562. All quantiles are 1.609 times the reference's: looks like a change of unit.`,
    n: 842,
    m: 966_409,
    psiCorrected: 0.41,
    ci: [0.33, 0.46],
    bars: bins.map((bin, index) => ({ bin, reference: 0.1, current: current[index] ?? 0, share: shares[index] ?? 0 })),
    sql: "SELECT bin, count(*) AS n\nFROM read_parquet('lake/flights/eta/2001-05-01/*.parquet')\nWHERE event_time >= '2001-05-01 05:00' AND event_time < '2001-05-01 06:00'\nGROUP BY bin ORDER BY bin;",
  };
}
