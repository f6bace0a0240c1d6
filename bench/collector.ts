import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binCount, categoryGroups } from '../runtime/drift/bins.ts';
import { createCollector } from '../runtime/drift/collector.ts';
import { planEdges } from '../runtime/drift/edges.ts';
import { createCounter } from '../runtime/drift/executors/stream/counter.ts';
import { filesProfileStore } from '../runtime/drift/store/files.ts';
import type { FeatureReference, Reference } from '../runtime/drift/types.ts';
import { openLog } from '../runtime/eventlog/log.ts';
import type { LogRecord } from '../runtime/eventlog/port.ts';
import type { PredictionEvent } from '../runtime/telemetry/events.ts';
import { recount } from './recount.ts';
import type { Row } from './report.ts';

const NUMERIC = 35;
const CATEGORICAL = 8;
const RECORDS = 20_000;
/** The best of these: what the code can do once it is compiled. */
const ROUNDS = 5;

/** The collector on JSON records of 43 features: 35 numbers on 63 edges, 8 categories of 100 values. Per second of CPU, which is one core's. */
export async function bench(): Promise<Row[]> {
  const reference = wideReference();
  const records = wideRecords();
  const count = best(() => {
    const counter = createCounter(() => reference);
    for (const record of records) counter.add(record);
  });
  const parse = best(() => {
    for (const record of records) JSON.parse(record.value.toString('utf8'));
  });
  const through = await throughLog(reference, records);
  return [
    { name: 'collector: decode and bin 43 features', value: count, unit: 'records/CPU s', baseline: parse, ratio: count / parse },
    { name: 'collector: log to stored profiles', value: through, unit: 'records/CPU s', baseline: parse, ratio: through / parse },
    { name: 'collector: cells binned', value: 43 * count, unit: 'cells/CPU s' },
    await recount(reference.features.filter((feature) => feature.kind === 'numeric')),
  ];
}

/** Records per CPU second of the fastest round: other work on the machine does not count. */
function best(work: () => void): number {
  return Math.max(...Array.from({ length: ROUNDS }, () => perCpuSecond(work)));
}

function perCpuSecond(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return RECORDS / cpuSeconds(before);
}

function cpuSeconds(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Reading with checksums, counting, one profile file: the best of three new collectors on one log. */
async function throughLog(reference: Reference, records: readonly LogRecord[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  try {
    const log = await openLog(join(folder, 'log'), { clock: () => 0 });
    await log.append('weir.predictions.bench', 0, records);
    const options = { log, references: () => reference, brokerClock: () => 0, monotonic: () => performance.now() };
    let fastest = 0;
    for (const group of ['first', 'second', 'third']) {
      const collector = createCollector({ ...options, group, store: filesProfileStore(join(folder, group)) });
      const before = process.cpuUsage();
      while ((await collector.poll()) > 0);
      await collector.flush();
      fastest = Math.max(fastest, RECORDS / cpuSeconds(before));
    }
    await log.close();
    return fastest;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function wideReference(): Reference {
  const quantiles = Array.from({ length: 59 }, (_, j) => (j + 1) / 60);
  const plan = planEdges({ min: 0, max: 1, quantiles, bigPoints: [], smallPoints: [] });
  const top = Array.from({ length: 100 }, (_, code) => category(code));
  const base = { role: 'input' as const, weight: 1 / (NUMERIC + CATEGORICAL), slots: {} };
  const features = wideNames().map((name, index): FeatureReference => {
    if (index >= NUMERIC) return { ...base, name, kind: 'categorical', top, known: [], g10: categoryGroups(100), counts: [] };
    return {
      ...base,
      name,
      kind: 'numeric',
      dtype: 'float64',
      edgesId: '',
      ...plan,
      q: { '001': 0, '25': 0.25, '50': 0.5, '75': 0.75, '999': 1 },
      min: 0,
      max: 1,
      counts: [],
    };
  });
  return {
    kind: 'weir.drift/Reference',
    v: 1,
    model: 'wide',
    version: '1',
    rows: 1_000_000,
    slotZone: 'UTC',
    source: { uri: '', sha256: '' },
    features: features.map((feature) => ({ ...feature, counts: Array.from({ length: binCount(feature) }, () => 1) })),
    score: null,
    volume: {},
  };
}

const wideNames = (): string[] => Array.from({ length: NUMERIC + CATEGORICAL }, (_, index) => `feature_${index}`);
const category = (code: number): string => `value-${code}`;

/** An hour of one model's traffic, six records a second; values by a fixed sequence, so that every run counts the same. */
function wideRecords(): LogRecord[] {
  const names = wideNames();
  return Array.from({ length: RECORDS }, (_, offset) => {
    const values = names.map((name, index) => {
      const draw = (((offset + 1) * 7919 + index * 104_729) % 1_000_003) / 1_000_003;
      return [name, index < NUMERIC ? draw : category(Math.floor(100 * draw * draw))] as const;
    });
    const event: PredictionEvent = {
      id: `0191f0a0-0000-7000-8000-${String(offset).padStart(12, '0')}/0`,
      requestId: `0191f0a0-0000-7000-8000-${String(offset).padStart(12, '0')}`,
      clientId: null,
      time: new Date(Date.UTC(2001, 2, 1) + offset * 180).toISOString(),
      tenant: 'bench',
      model: 'wide',
      version: '1',
      arm: 'stable',
      status: 200,
      latencySeconds: 0.0021,
      features: Object.fromEntries(values),
      outputs: {},
      typeErrors: [],
    };
    return { topic: 'weir.predictions.bench', partition: 0, offset, time: 0, key: null, headers: {}, value: Buffer.from(JSON.stringify(event)) };
  });
}
