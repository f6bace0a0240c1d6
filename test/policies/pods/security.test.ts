import { describe, expect, test } from 'vitest';
import { examplePod } from '../../../policies/rules/pods/example.ts';
import { podDropAll } from '../../../policies/rules/pods/pod-drop-all.ts';
import { podNoEscalation } from '../../../policies/rules/pods/pod-no-escalation.ts';
import { podNoHost } from '../../../policies/rules/pods/pod-no-host.ts';
import { podNonRoot } from '../../../policies/rules/pods/pod-non-root.ts';
import { podRoRoot } from '../../../policies/rules/pods/pod-ro-root.ts';
import { podSeccomp } from '../../../policies/rules/pods/pod-seccomp.ts';
import { changed, foundIn, UNKNOWN, undecidedIn } from '../parts.ts';
import { cronJob, lasting, WINDOWS } from './workloads.ts';

const POD = 'spec.securityContext';
const OWN = 'spec.containers.0.securityContext';

describe('pod-non-root: a container has its own word, else the pod’s', () => {
  const ask = (pod: object, own: object) => {
    const inPod = changed(podNonRoot.pass, { path: POD, to: pod });
    return foundIn(podNonRoot, changed(inPod, { path: OWN, to: own }));
  };

  test.each([
    [{ runAsNonRoot: true }, {}],
    [{ runAsNonRoot: true }, { runAsUser: 1000 }],
    [{}, { runAsNonRoot: true }],
    [{ runAsUser: 1000 }, {}],
    [{ runAsUser: 0 }, { runAsUser: 1000 }],
    [{ runAsNonRoot: true, runAsUser: 1000 }, { runAsNonRoot: false }], // the user is none of root's
    [{ runAsNonRoot: 'true' }, {}], // as a state may have it
  ])('%j and %j keep it', (pod, own) => {
    expect(ask(pod, own)).toEqual([]);
  });

  test.each([
    [{}, {}, 'runAsNonRoot'],
    [{ runAsNonRoot: true }, { runAsNonRoot: false }, 'runAsNonRoot'],
    [{ runAsNonRoot: true }, { runAsUser: 0 }, 'runAsUser'],
    [{ runAsUser: 1000 }, { runAsUser: 0 }, 'runAsUser'],
    [{ runAsUser: 0 }, { runAsNonRoot: true }, 'runAsUser'],
  ])('%j and %j break it', (pod, own, field) => {
    expect(ask(pod, own)).toEqual([`eta spec.containers[0].securityContext.${field}`]);
  });

  test('a user that is not known yet is not decided, and a known one beside it is', () => {
    const fixture = changed(podNonRoot.fail, { path: `${OWN}.runAsUser`, to: UNKNOWN });
    expect(undecidedIn(podNonRoot, fixture)).toEqual(['eta spec.containers[0].securityContext.runAsUser']);
  });
});

describe('what a container may have of root and of the kernel', () => {
  test.each([
    [podDropAll, `${OWN}.capabilities`, undefined, 'capabilities.drop'],
    [podDropAll, `${OWN}.capabilities.add`, ['NET_BIND_SERVICE', 'SYS_ADMIN'], 'capabilities.add'],
    [podNoEscalation, `${OWN}.allowPrivilegeEscalation`, undefined, 'allowPrivilegeEscalation'],
    [podSeccomp, `${POD}.seccompProfile`, undefined, 'seccompProfile.type'],
    [podSeccomp, `${OWN}.seccompProfile`, { type: 'Unconfined' }, 'seccompProfile.type'],
    [podRoRoot, OWN, undefined, 'readOnlyRootFilesystem'],
  ])('$id: %s = %j breaks it', (rule, path, to, where) => {
    expect(foundIn(rule, changed(rule.pass, { path, to }))).toEqual([`eta spec.containers[0].securityContext.${where}`]);
  });

  test.each([
    [podDropAll, `${OWN}.capabilities.add`, ['NET_BIND_SERVICE']],
    [podDropAll, `${OWN}.capabilities.drop`, ['all']], // as runtimes take it
    [podSeccomp, `${OWN}.seccompProfile`, { type: 'Localhost', localhostProfile: 'triton.json' }],
    [podRoRoot, 'spec.ephemeralContainers', [{ name: 'look', image: 'busybox' }]], // somebody looks for a mistake
  ])('$id: %s = %j keeps it', (rule, path, to) => {
    expect(foundIn(rule, changed(rule.pass, { path, to }))).toEqual([]);
  });

  test('Windows has none of it, and is not root all the same', () => {
    const fixture = [{ props: examplePod(WINDOWS) }];
    for (const rule of [podNonRoot, podDropAll, podNoEscalation, podSeccomp, podRoRoot]) expect(foundIn(rule, fixture)).toEqual([]);
  });
});

describe('pod-no-host', () => {
  test.each([
    ['spec.hostNetwork', true, 'spec.hostNetwork'],
    ['spec.hostPID', true, 'spec.hostPID'],
    ['spec.hostIPC', 'true', 'spec.hostIPC'],
    ['spec.volumes', [{ name: 'run', hostPath: { path: '/var/run/docker.sock' } }], 'spec.volumes[0].hostPath'],
    [`${POD}.windowsOptions`, { hostProcess: true }, `${POD}.windowsOptions.hostProcess`],
    ['spec.containers.0.ports', [{ containerPort: 80 }, { containerPort: 8080, hostPort: 80 }], 'spec.containers[0].ports[1].hostPort'],
    [`${OWN}.privileged`, true, 'spec.containers[0].securityContext.privileged'],
    ['spec.initContainers', [{ name: 'sysctl', securityContext: { privileged: true } }], 'spec.initContainers[0].securityContext.privileged'],
  ])('%s = %j breaks it', (path, to, where) => {
    expect(foundIn(podNoHost, changed(podNoHost.pass, { path, to }))).toEqual([`eta ${where}`]);
  });

  test.each([
    ['spec.volumes', [{ name: 'tmp', emptyDir: {} }]],
    ['spec.containers.0.ports', [{ containerPort: 8080, hostPort: 0 }]],
    [`${OWN}.privileged`, false],
  ])('%s = %j keeps it', (path, to) => {
    expect(foundIn(podNoHost, changed(podNoHost.pass, { path, to }))).toEqual([]);
  });

  test('whether the node’s network is shared is known, or it is a violation', () => {
    expect(foundIn(podNoHost, changed(podNoHost.pass, { path: 'spec.hostNetwork', to: UNKNOWN }))).toEqual(['eta spec.hostNetwork']);
  });

  test('a static pod, of which the API server only has a picture, is left alone', () => {
    const mirror = { 'kubernetes.io/config.mirror': '3f0c' };
    expect(foundIn(podNoHost, changed(podNoHost.fail, { path: 'metadata.annotations', to: mirror }))).toEqual([]);
  });
});

test('every kind that has pods is looked into', () => {
  const open = { securityContext: { readOnlyRootFilesystem: false } };
  const replicas = (apiVersion: string, kind: string) => ({ ...lasting('Deployment', open), apiVersion, kind });
  const kinds = [
    ...(['Deployment', 'StatefulSet', 'DaemonSet'] as const).map((kind) => lasting(kind, open)),
    replicas('apps/v1', 'ReplicaSet'),
    replicas('v1', 'ReplicationController'),
  ];
  for (const props of kinds) {
    expect(foundIn(podRoRoot, [{ props }])).toEqual(['eta spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem']);
  }
  expect(foundIn(podRoRoot, [{ props: cronJob(open) }])).toEqual([
    'score spec.jobTemplate.spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem',
  ]);
});
