/** A resource as the state has it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  /** What must be there before it and stay until it is gone: dependencies, parent, provider. */
  readonly needs: readonly string[];
  /** False for components: no provider knows them. */
  readonly custom: boolean;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deletedWith: string;
  readonly beforeDelete: readonly string[];
  readonly onError: readonly string[];
}

interface Exported {
  readonly deployment: { readonly resources?: readonly ExportedResource[] };
}

interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly parent?: string;
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  readonly deletedWith?: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly resourceHooks?: Readonly<Record<string, readonly string[]>>;
}

/** Reads what `pulumi stack export` printed, in the order of URNs: the file's own is that of what happened to be done first. */
export function parseState(text: string): readonly StateResource[] {
  const exported: Exported = JSON.parse(text);
  const resources = (exported.deployment.resources ?? []).toSorted((a, b) => (a.urn < b.urn ? -1 : 1));
  return resources.map((resource) => ({
    urn: resource.urn,
    type: resource.type,
    custom: resource.custom,
    needs: needsOf(resource),
    protect: resource.protect ?? false,
    retainOnDelete: resource.retainOnDelete ?? false,
    deletedWith: resource.deletedWith ?? '',
    beforeDelete: resource.resourceHooks?.BeforeDelete ?? [],
    onError: resource.resourceHooks?.OnError ?? [],
  }));
}

function needsOf({ parent = '', provider = '', dependencies = [], propertyDependencies = {} }: ExportedResource): readonly string[] {
  const properties = Object.values(propertyDependencies).flatMap((urns) => urns ?? []);
  const providerUrn = provider.split('::').slice(0, 4).join('::');
  return [...new Set([...dependencies, ...properties, parent, providerUrn])].filter((urn) => urn !== '');
}
