/** Figures over this many seconds: single seconds of a 1 % arm hold six requests, too few for a share or a percentile. */
const SMOOTH = 10;
const Z = 1.96;
/** Fewer requests than this give no share: one failure of six is no rate. */
const ENOUGH = 30;
/** Two samples further apart are drawn with a gap: nobody looked in between. */
const GAP_MILLISECONDS = 2600;

/** Columns of the three live charts from the samples, oldest first. Times in seconds, as uPlot wants them. */
export function liveSeries(samples) {
  const rows = samples.flatMap((sample, index) => {
    const before = samples[index - 1];
    const row = rowOf(sample, trailing(samples, index));
    return before !== undefined && sample.at - before.at > GAP_MILLISECONDS ? [{ at: before.at / 1000 + 1 }, row] : [row];
  });
  const column = (name) => rows.map((row) => row[name] ?? null);
  const arms = (...names) => ['stable', 'candidate'].flatMap((arm) => names.map((name) => column(`${arm}${name}`)));
  const at = column('at');
  return {
    traffic: [at, column('total'), column('stableRequests')],
    latency: [at, ...arms('P95', 'P95High', 'P95Low')],
    errors: [at, ...arms('Error', 'ErrorHigh', 'ErrorLow')],
  };
}

/** The samples of the last ten seconds up to this one, as far as there is no gap. */
function trailing(samples, index) {
  const found = [];
  for (let at = index; at >= 0 && samples[index].at - samples[at].at < SMOOTH * 1000; at -= 1) found.push(samples[at]);
  return found;
}

function rowOf(sample, recent) {
  const total = sample.stable.requests + sample.candidate.requests;
  const row = { at: sample.at / 1000, total, stableRequests: sample.stable.requests };
  for (const arm of ['stable', 'candidate']) {
    const latest = recent.map((one) => one[arm]);
    Object.assign(row, prefixed(arm, { ...errorShare(latest), ...latency(latest) }));
  }
  return row;
}

const prefixed = (arm, values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [arm + name, value]));

/** Share of failed answers in per cent (a declared fallback is counted as one already), with Wilson's 95 % interval. */
function errorShare(latest) {
  const requests = sum(latest, 'requests');
  if (requests < ENOUGH) return { Error: null, ErrorHigh: null, ErrorLow: null };
  const share = sum(latest, 'errors') / requests;
  const spread = 1 + Z ** 2 / requests;
  const middle = (share + Z ** 2 / (2 * requests)) / spread;
  const half = (Z / spread) * Math.sqrt((share * (1 - share)) / requests + Z ** 2 / (4 * requests ** 2));
  return { Error: 100 * share, ErrorHigh: 100 * Math.min(1, middle + half), ErrorLow: 100 * Math.max(0, middle - half) };
}

/** Median of the seconds' own p95, and their range. */
function latency(latest) {
  const values = latest.flatMap(({ p95 }) => (p95 === null ? [] : [p95])).sort((a, b) => a - b);
  if (values.length === 0) return { P95: null, P95High: null, P95Low: null };
  return { P95: values[values.length >> 1], P95High: values.at(-1), P95Low: values[0] };
}

const sum = (latest, name) => latest.reduce((total, one) => total + one[name], 0);

/** Where the route's weight changed: what the eye should tie the curves to. */
export function weightChanges(samples) {
  return samples.flatMap((sample, index) => {
    const before = samples[index - 1];
    return before !== undefined && Math.abs(sample.weight - before.weight) > 0.0005 ? [{ at: sample.at / 1000, weight: sample.weight }] : [];
  });
}
