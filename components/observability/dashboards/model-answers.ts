import type { PanelSpec, Row } from './board.ts';
import { ERROR_SHARE, FALLBACK_SHARE } from './limits.ts';
import { ASKED, ERRORS, ITS_PODS, quantile, rate, share, THIS_MODEL } from './promql.ts';

const SEEN = 'version=~"$version"';

/** What callers get. */
export function answersRow(): Row {
  return { title: 'Answers', panels: [traffic(), errorShare(), latency(), fallback(), outcomes(), inFlight(), withheld()] };
}

/** What the model reads before it answers, where it reads features. */
export function featuresRow(): Row {
  return { title: 'Features', panels: [reads(), ages()] };
}

const traffic = (): PanelSpec => ({
  shape: 'lines',
  title: 'Requests by version',
  question: 'How much traffic does each version get, mirrored copies included?',
  reading: 'Requests in a second; `shadow` answers nobody.',
  unit: 'reqps',
  stacked: true,
  queries: [{ expr: `sum by (arm, version) (${rate('weir_requests_total', THIS_MODEL, SEEN)})`, legend: '{{arm}} {{version}}' }],
});

const errorShare = (): PanelSpec => ({
  shape: 'lines',
  title: 'Errors by version',
  question: 'Is one version worse than the other?',
  reading: 'Share of requests that failed or fell back. Both alike: not the version. Only the candidate: Weir takes it back on evidence.',
  unit: 'percentunit',
  queries: [
    {
      expr: share(
        `sum by (arm, version) (${rate('weir_requests_total', THIS_MODEL, SEEN, ERRORS)})`,
        `sum by (arm, version) (${rate('weir_requests_total', THIS_MODEL, SEEN)})`,
      ),
      legend: '{{arm}} {{version}}',
    },
  ],
  limits: ERROR_SHARE,
});

const latency = (): PanelSpec => ({
  shape: 'lines',
  title: 'Latency by version',
  question: 'Since when is it slow, and which version?',
  reading: 'Time in which half, 95 and 99 of 100 answers came, from the whole request to the answer; and what the model file promises.',
  unit: 's',
  queries: [
    ...[0.5, 0.95, 0.99].map((q) => ({
      expr: quantile(q, 'weir_request_duration_seconds', ['arm', 'version'], THIS_MODEL, SEEN),
      legend: `p${q * 100} {{arm}} {{version}}`,
    })),
    { expr: `max(kube_model_slo_latency_seconds{${THIS_MODEL}})`, legend: 'promised' },
  ],
});

const fallback = (): PanelSpec => ({
  shape: 'lines',
  title: 'Answered by the fallback',
  question: 'Do callers get the model, or its stand-in?',
  reading: 'Share of answers that the declared fallback gave, because the version was late, failing or without features. Each counts as an error.',
  unit: 'percentunit',
  queries: [
    {
      expr: share(
        `sum by (version) (${rate('weir_fallback_total', THIS_MODEL, SEEN, ASKED)})`,
        `sum by (version) (${rate('weir_requests_total', THIS_MODEL, SEEN, ASKED)})`,
      ),
      legend: 'version {{version}}',
    },
  ],
  limits: FALLBACK_SHARE,
});

const outcomes = (): PanelSpec => ({
  shape: 'lines',
  title: 'How requests end',
  question: 'What kind of failure is it?',
  reading:
    '4xx: callers ask wrongly. 5xx: the version fails. fallback: it was late, failing or its features were missing, and the declared answer went out.',
  unit: 'reqps',
  stacked: true,
  queries: [{ expr: `sum by (code_class) (${rate('weir_requests_total', THIS_MODEL, SEEN, ASKED)})`, legend: '{{code_class}}' }],
});

const withheld = (): PanelSpec => ({
  shape: 'lines',
  title: 'Lost or withheld, at its proxies',
  width: 24,
  question: 'Are predictions missing from the log?',
  reading:
    'Records that did not reach the log, answers withheld for it, and mirrored copies not sent. The first two should be 0: drift and labels are judged on the log.',
  unit: 'cps',
  queries: [
    { expr: `sum(${rate('weir_log_dropped_total', ITS_PODS)})`, legend: 'records dropped' },
    { expr: `sum(${rate('weir_unlogged_answers_total', ITS_PODS)})`, legend: 'answers withheld' },
    { expr: `sum(${rate('weir_mirror_dropped_total', ITS_PODS)})`, legend: 'copies not mirrored' },
  ],
});

const inFlight = (): PanelSpec => ({
  shape: 'lines',
  title: 'Being answered now',
  question: 'Do requests pile up?',
  reading: 'Requests inside its proxies, by pod. Rises before latency does.',
  unit: 'short',
  queries: [{ expr: `sum by (pod) (weir_requests_in_flight{${ITS_PODS}})`, legend: '{{pod}}' }],
});

const reads = (): PanelSpec => ({
  shape: 'lines',
  title: 'Feature reads',
  question: 'Does it get its features?',
  reading:
    'Anything but `read` is answered by the fallback and not by the version. The board Features says whether the store or the data is the cause.',
  unit: 'ops',
  stacked: true,
  width: 12,
  queries: [{ expr: `sum by (outcome) (${rate('weir_feature_reads_total', THIS_MODEL)})`, legend: '{{outcome}}' }],
});

const ages = (): PanelSpec => ({
  shape: 'lines',
  title: 'Age of features',
  question: 'Are its features stale?',
  reading: "Age of each view's newest row. Past the promised freshness the owner is told, past twice of it the fallback answers.",
  unit: 's',
  width: 12,
  queries: [{ expr: `max by (view) (weir_feature_age_seconds{${THIS_MODEL}})`, legend: '{{view}}' }],
});
