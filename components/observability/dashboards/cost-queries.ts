/** Of memory and volumes. */
export const GIB = 2 ** 30;

/** What a container has, in dollars an hour: OpenCost's allocations at the prices of the node. */
export const OF_CONTAINERS = [
  'container_cpu_allocation * on (node) group_left () max by (node) (node_cpu_hourly_cost)',
  `container_memory_allocation_bytes / ${GIB} * on (node) group_left () max by (node) (node_ram_hourly_cost)`,
  'container_gpu_allocation * on (node) group_left () max by (node) (node_gpu_hourly_cost)',
] as const;
/** All three together for each combination of labels: a pod without a GPU has none to add. */
export const summed = (by: string, join = '') =>
  OF_CONTAINERS.map((part) => `(sum by (${by}) (${part}${join}) or 0 * sum by (${by}) (${OF_CONTAINERS[0]}${join}))`).join(' + ');
/** Joins a container's series to the model that its pod belongs to. One for each pod: OpenCost tells of labels too (opencost#1465). */
export const OF_MODELS =
  ' * on (namespace, pod) group_left (label_weir_dev_tenant, label_weir_dev_model) max by (namespace, pod, label_weir_dev_tenant, label_weir_dev_model) (kube_pod_labels{label_weir_dev_model!=""})';
/** All nodes, dollars an hour. */
export const NODES = 'sum(node_total_hourly_cost)';
