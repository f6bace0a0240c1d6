import { chartNames, chartPin } from '../../../charts/pins.ts';
import { NAMESPACES } from '../../../components/kubernetes/plan.ts';
import { SUPPORT } from '../../../components/versions.ts';
import { TENANT_LABEL } from '../../../runtime/model/render/names.ts';

/**
 * What policies know of Weir. The pack imports nothing but itself, so that it runs alone on anybody's stack: these facts are copied into it, and a test finds
 * them stale.
 */
export function factsModule(): string {
  const charts = chartNames().map((name) => {
    const { chart, repository, version } = chartPin(name);
    return { chart, repository, version };
  });
  const support = SUPPORT.map(({ product, version, endsOn }) => ({ product, version, endsOn }));
  return `// made by \`npm run generate\`; edit charts/pins.ts, components/versions.ts and components/kubernetes/plan.ts instead

/** The charts that Weir installs, each at one version. */
export const CHARTS: readonly { readonly chart: string; readonly repository: string; readonly version: string }[] = ${JSON.stringify(charts)};

/** When standard support of a version ends, as an ISO date; null where nobody has said it. */
export const SUPPORT: readonly { readonly product: string; readonly version: string; readonly endsOn: string | null }[] = ${JSON.stringify(support)};

/** Namespaces of the platform, by what lies in them. */
export const NAMESPACES = ${JSON.stringify(NAMESPACES)} as const;

/** The label of a tenant's namespace. */
export const TENANT_LABEL = ${JSON.stringify(TENANT_LABEL)};
`;
}
