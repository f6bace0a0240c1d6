/** Where pods of the platform's controllers run. */
export interface SystemPods {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly { readonly key: string; readonly operator: 'Exists' }[];
}

/**
 * On the system nodes, which no price and no spot market takes away (their label and taint: components/nodes/system-nodes.ts). In a cluster that another team owns
 * (`ownNodes` false) there is no such label: anywhere, and on its critical nodes, too.
 */
export function systemPods(ownNodes: boolean): SystemPods {
  return { nodeSelector: ownNodes ? { workload: 'system' } : {}, tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }] };
}
