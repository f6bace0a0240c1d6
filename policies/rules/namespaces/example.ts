type Part = Readonly<Record<string, unknown>>;

/** A tenant's namespace as Weir makes it. */
export const exampleNamespace = (labels: Part = {}, name = 'tenant-shop') => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'weir.dev/tenant': 'shop', 'pod-security.kubernetes.io/enforce': 'restricted', ...labels } },
});
