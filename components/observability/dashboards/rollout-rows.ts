import type { PanelSpec, Row } from './board.ts';
import { ERROR_SHARE } from './limits.ts';
import { ASKED, ERRORS, ITS_DEPLOYMENTS, ITS_PODS, quantile, rate, share, THIS_MODEL } from './promql.ts';

/** Both arms at the same instants: what guards compare. */
export function evidenceRow(): Row {
  return { title: 'Candidate against stable', panels: [errors(), slow(), rejected(), requests()] };
}

/** Before callers see anything. */
export function shadowRow(): Row {
  return { title: 'Shadow', panels: [mirrored(), shadowErrors(), notMirrored()] };
}

/** The two sets of pods. */
export function slotsRow(): Row {
  return { title: 'Slots', panels: [pods(), autoscaler(), inSync()] };
}

const byArm = (...matchers: readonly string[]) => `sum by (arm, version) (${rate('weir_requests_total', THIS_MODEL, ...matchers)})`;

const errors = (): PanelSpec => ({
  shape: 'lines',
  title: 'Errors',
  question: 'Does the candidate fail more often?',
  reading: 'Share of requests of callers that failed or fell back.',
  unit: 'percentunit',
  width: 12,
  queries: [{ expr: share(byArm(ASKED, ERRORS), byArm(ASKED)), legend: '{{arm}} {{version}}' }],
  limits: ERROR_SHARE,
});

const slow = (): PanelSpec => ({
  shape: 'lines',
  title: 'Latency',
  question: 'Is it slower, and only its tail?',
  reading: 'Time in which half and 95 of 100 answers came.',
  unit: 's',
  width: 12,
  queries: [0.5, 0.95].map((q) => ({
    expr: quantile(q, 'weir_request_duration_seconds', ['arm', 'version'], THIS_MODEL, ASKED),
    legend: `p${q * 100} {{arm}} {{version}}`,
  })),
});

const rejected = (): PanelSpec => ({
  shape: 'lines',
  title: 'Rejected',
  question: 'Does it refuse requests that the stable version takes?',
  reading: 'Share of 4xx answers. Only the candidate: it reads requests differently, such as a feature that it alone requires.',
  unit: 'percentunit',
  width: 12,
  queries: [{ expr: share(byArm(ASKED, 'code_class="4xx"'), byArm(ASKED)), legend: '{{arm}} {{version}}' }],
});

const requests = (): PanelSpec => ({
  shape: 'lines',
  title: 'Requests',
  question: 'Is there enough traffic to decide?',
  reading: 'Requests in a second by arm: evidence grows with those of the candidate. Few: the rollout takes long, and that is no fault.',
  unit: 'reqps',
  width: 12,
  queries: [{ expr: byArm(ASKED), legend: '{{arm}} {{version}}' }],
});

const mirrored = (): PanelSpec => ({
  shape: 'lines',
  title: 'Mirrored requests',
  question: 'Does the candidate see real traffic yet?',
  reading: 'Copies answered by the candidate; their answers go to nobody.',
  unit: 'reqps',
  queries: [{ expr: byArm('arm="shadow"'), legend: 'version {{version}}' }],
  empty: 'no shadow',
});

const shadowErrors = (): PanelSpec => ({
  shape: 'lines',
  title: 'Errors in shadow',
  question: 'Would it have failed?',
  reading: 'Share of copies that failed. Whatever it is, no caller saw it.',
  unit: 'percentunit',
  queries: [{ expr: share(byArm('arm="shadow"', ERRORS), byArm('arm="shadow"')), legend: 'version {{version}}' }],
  limits: ERROR_SHARE,
  empty: 'no shadow',
});

const notMirrored = (): PanelSpec => ({
  shape: 'lines',
  title: 'Copies not sent',
  question: 'Is the shadow too slow for its traffic?',
  reading: 'Copies dropped because too many were under way: the candidate cannot carry what it is shown.',
  unit: 'cps',
  queries: [{ expr: `sum by (weir_dev_slot) (${rate('weir_mirror_dropped_total', ITS_PODS)})`, legend: 'from slot {{weir_dev_slot}}' }],
});

const pods = (): PanelSpec => ({
  shape: 'lines',
  title: 'Replicas of both slots',
  question: 'Is the candidate up, and is the old version still warm?',
  reading: 'Wanted and answering. After a promotion the old slot stays up while the new one bakes, so that going back takes seconds.',
  unit: 'short',
  queries: [
    { expr: `kube_deployment_spec_replicas{${ITS_DEPLOYMENTS}}`, legend: '{{deployment}} wanted' },
    { expr: `kube_deployment_status_replicas_available{${ITS_DEPLOYMENTS}}`, legend: '{{deployment}} answering' },
  ],
});

const autoscaler = (): PanelSpec => ({
  shape: 'lines',
  title: 'At the limit',
  question: 'Does a slot want more pods than it may have?',
  reading:
    "Share of its most pods that a slot's autoscaler wants. At 1 it can grow no more: raise the model file's most replicas, or the tenant's quota.",
  unit: 'percentunit',
  atLeast: 1,
  queries: [
    {
      expr: 'kube_horizontalpodautoscaler_status_desired_replicas{namespace="tenant-$tenant", horizontalpodautoscaler=~"keda-hpa-$model-[ab]"} / kube_horizontalpodautoscaler_spec_max_replicas{namespace="tenant-$tenant", horizontalpodautoscaler=~"keda-hpa-$model-[ab]"}',
      legend: '{{horizontalpodautoscaler}}',
    },
  ],
});

const inSync = (): PanelSpec => ({
  shape: 'states',
  title: 'Weights in sync',
  question: 'Does the gateway do what was decided?',
  reading:
    'Whether the weights that the route has are those that were meant. While they are not, no step is made; a rollback is written all the same.',
  unit: 'none',
  width: 8,
  meanings: [
    { value: 0, text: 'differ', means: 'bad' },
    { value: 1, text: 'as meant', means: 'good' },
  ],
  queries: [{ expr: `min(kube_model_status_condition{${THIS_MODEL}, type="WeightsInSync"})`, legend: 'weights' }],
});
