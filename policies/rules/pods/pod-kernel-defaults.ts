import type { Reader } from '../../reader.ts';
import { keyOf } from '../../resource.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { textOf } from '../values.ts';
import { examplePod } from './example.ts';
import { eachContainer, ofPods, templateOf, told, WORKLOADS } from './workload.ts';

/** What Pod Security calls safe, of 1.35 (pod-security-admission, policy/check_sysctls.go). */
const SYSCTLS =
  /^(kernel\.shm_rmid_forced|net\.ipv4\.(ip_local_port_range|ip_unprivileged_port_start|tcp_syncookies|ping_group_range|ip_local_reserved_ports|tcp_keepalive_(time|intvl|probes)|tcp_fin_timeout|tcp_rmem|tcp_wmem))$/;
const SELINUX = /^(|container_(t|init_t|kvm_t|engine_t))$/;
const VOLUMES = ['name', 'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];
const LEFT_TO_OTHERS = ['hostPath']; // pod-no-host

export const podKernelDefaults: ResourceRule = {
  kind: 'resource',
  id: 'pod-kernel-defaults',
  title: 'a pod leaves what protects its node as it is',
  reason:
    'AppArmor, SELinux, masked /proc and the kernel’s settings are the walls behind the wall: a pod that takes one down does so for everybody on its node.',
  remedy: 'Take procMount, seLinuxOptions, unsafe sysctls, Unconfined AppArmor, probes of other hosts and volumes of the node out of the pod.',
  severity: 'medium',
  ids: ['KSV-0002', 'KSV-0025', 'KSV-0026', 'KSV-0027', 'KSV-0028'],
  scope: 'any',
  heldBy: 'pod-security',
  on: WORKLOADS,
  check: (workload, given, of) => [...inSpec(workload, given, of), ...annotated(templateOf(workload, keyOf(of.type)))],
  pass: [{ props: examplePod({ spec: { volumes: [{ name: 'room', emptyDir: {} }] } }) }],
  fail: [{ props: examplePod({ spec: { volumes: [{ name: 'room', nfs: { server: '10.0.0.1', path: '/' } }] } }) }],
};

const inSpec = ofPods((pod) => [
  ...walls(pod, 'its containers'),
  ...pod.each('securityContext.sysctls', (sysctl) =>
    sysctl.expect('name', (name) => SYSCTLS.test(textOf(name)), `changes the kernel of its node: ${sysctl.text('name') ?? ''}`),
  ),
  ...pod.each('volumes', otherVolumes),
  ...eachContainer(pod, (container) => [
    ...walls(container, told(container)),
    ...container.expect('securityContext.procMount', (mount) => mount === undefined || mount === 'Default', `shows ${told(container)} all of /proc`),
    ...elsewhere(container),
  ]),
]);

/** AppArmor as it was said before 1.30, which API servers still read. */
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';

function annotated(template: Reader): readonly Problem[] {
  return template.part(() => {
    const names = template.keys('metadata.annotations').filter((key) => key.startsWith(APPARMOR));
    const open = names.filter((key) => !/^(runtime\/default|localhost\/.+|)$/.test(template.text(['metadata', 'annotations', key]) ?? ''));
    return open.map((key) => template.problem('metadata.annotations', `takes AppArmor from container ${key.slice(APPARMOR.length)}`));
  });
}

/** AppArmor and SELinux, of a pod or of one of its containers. */
function walls(part: Reader, whose: string): readonly Problem[] {
  return [
    ...part.expect('securityContext.appArmorProfile.type', (type) => type !== 'Unconfined', `takes AppArmor from ${whose}`),
    ...part.expect('securityContext.seLinuxOptions.type', (type) => SELINUX.test(textOf(type)), `gives ${whose} an SELinux type of its own`),
    ...['user', 'role'].flatMap((field) =>
      part.expect(`securityContext.seLinuxOptions.${field}`, (value) => textOf(value) === '', `gives ${whose} an SELinux ${field} of its own`),
    ),
  ];
}

/** What a volume is of stands in its one key beside the name. */
function otherVolumes(volume: Reader): readonly Problem[] {
  const kinds = volume.keys([]).filter((key) => !VOLUMES.includes(key) && !LEFT_TO_OTHERS.includes(key) && volume.has([key]));
  return kinds.map((kind) => volume.problem(kind, `mounts what a claim should bring: ${kind}`));
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.postStart', 'lifecycle.preStop'];

/** A probe of another host makes the kubelet call whatever the pod’s author wants. */
function elsewhere(container: Reader): readonly Problem[] {
  const places = PROBES.flatMap((probe) => [`${probe}.httpGet.host`, `${probe}.tcpSocket.host`]);
  return places.flatMap((path) => container.expect(path, (host) => textOf(host) === '', `has its node call another host for ${told(container)}`));
}
