import type { Reader } from '../../reader.ts';
import type { View } from '../../resource-graph.ts';
import type { GraphRule, Problem } from '../../rule.ts';
import { eachContainer, LASTING, podOf, told } from '../pods/workload.ts';
import { secondsOf } from '../seconds.ts';
import { exampleTriton, isTriton } from './triton.ts';

const probe = { httpGet: { path: '/v2/health/ready', port: 8000 }, periodSeconds: 10 };

const fixture = (failureThreshold: number) => [
  {
    props: {
      apiVersion: 'weir.dev/v1alpha1',
      kind: 'Model',
      metadata: { name: 'fraud', namespace: 'tenant-payments' },
      spec: { serving: { loadTime: '5m' } },
    },
  },
  {
    props: {
      ...exampleTriton({ startupProbe: { ...probe, failureThreshold }, livenessProbe: probe }, { progressDeadlineSeconds: 700 }),
      metadata: { name: 'fraud-a', namespace: 'tenant-payments', labels: { 'weir.dev/model': 'fraud' } },
    },
  },
];

export const tritonStartupCoversLoad: GraphRule = {
  kind: 'graph',
  id: 'triton-startup-covers-load',
  title: 'a Triton that still loads is not taken for dead',
  reason:
    'Without room to load, the kubelet ends a server in the middle of it and starts it anew, for ever: the model never answers, and it happens first when the node is slow.',
  remedy:
    'Set serving.loadTime of the model to what was measured; of other pods give startupProbe a failureThreshold x periodSeconds of twice the time to load.',
  severity: 'high',
  ids: [],
  scope: 'any',
  params: {
    leastSeconds: { description: 'What a Triton whose load time nobody says gets to start, in seconds.', default: 60 },
  },
  check: (graph, { params }) => {
    const loads = new Map(graph.of(MODEL).flatMap(loadTime));
    return LASTING.flatMap((key) =>
      graph.each(key, ({ reader }) => {
        const load = loads.get(nameIn(reader, MODEL_LABEL));
        // what Weir renders is twice the model's own time, however short that is
        const seconds = load === undefined ? (isWeirs(reader) ? 1 : Number(params.leastSeconds)) : 2 * load;
        return eachContainer(podOf(reader, key), (container) =>
          isTriton(container) ? [...tooShort(container, seconds), ...givenUp(reader, key, container)] : [],
        );
      }),
    );
  },
  notAtAdmission: 'Several objects are needed: how long a Triton loads is said by its Model.',
  pass: fixture(60),
  fail: fixture(30),
};

const MODEL = 'weir.dev/Model';
const MODEL_LABEL = ['metadata', 'labels', 'weir.dev/model'];
const isWeirs = (workload: Reader): boolean => workload.has(MODEL_LABEL) || workload.has(['metadata', 'labels', 'weir.dev/pool']);

/** `tenant-payments/fraud`, by the name at the path; empty where one of both is missing or not known. */
function nameIn(object: Reader, path: readonly string[]): string {
  const [namespace, name] = [object.read('metadata.namespace'), object.read(path)];
  if (namespace.kind !== 'known' || name.kind !== 'known') return '';
  return typeof namespace.value === 'string' && typeof name.value === 'string' ? `${namespace.value}/${name.value}` : '';
}

/** Seconds that a model says it loads, by its name. */
function loadTime({ reader }: View): readonly (readonly [string, number])[] {
  const [name, time] = [nameIn(reader, ['metadata', 'name']), reader.read('spec.serving.loadTime')];
  const seconds = time.kind === 'known' ? secondsOf(time.value) : undefined;
  return name === '' || seconds === undefined ? [] : [[name, seconds]];
}

function tooShort(container: Reader, seconds: number): readonly Problem[] {
  if (!container.has('startupProbe') && !container.has('livenessProbe')) return []; // nobody ends it
  const probe = container.has('startupProbe') ? 'startupProbe' : 'livenessProbe';
  const given = patience(container.in(probe));
  if (given >= seconds) return [];
  return [container.problem(probe, `ends ${told(container)} after ${given} s, and it needs ${seconds} s to load`)];
}

/** A rollout that is reported as stuck while the probe still waits. */
function givenUp(workload: Reader, key: string, container: Reader): readonly Problem[] {
  const deadline = workload.number('spec.progressDeadlineSeconds') ?? (key === 'apps/Deployment' ? 600 : undefined); // Kubernetes' default
  if (deadline === undefined || !container.has('startupProbe')) return [];
  const given = patience(container.in('startupProbe'));
  return given > deadline ? [workload.problem('spec.progressDeadlineSeconds', `gives up after ${deadline} s, and its probe waits ${given} s`)] : [];
}

/** Seconds until a probe has failed for good; Kubernetes' defaults are 0, 10 and 3. */
const patience = (probe: Reader): number =>
  (probe.number('initialDelaySeconds') ?? 0) + (probe.number('periodSeconds') ?? 10) * (probe.number('failureThreshold') ?? 3);
