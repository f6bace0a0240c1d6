import { stringify } from 'yaml';

/** A Deployment of one container, as a file has it. */
export function deployment(name = 'web', container: object = {}): string {
  return stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'app', image: `registry.example.com/${name}:1.4`, ...container }] },
      },
    },
  });
}

export const WRITABLE = { securityContext: { readOnlyRootFilesystem: false } };
export const READ_ONLY = { securityContext: { readOnlyRootFilesystem: true } };

/** One rule is enough to see where things stand; its findings do not change when rules are added. */
export const ONE_RULE = ['--rule', 'pod-ro-root'] as const;

interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** What `--json` says, as far as tests look at it. */
export interface Report {
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: readonly {
    readonly rule: string;
    readonly urn: string;
    readonly path: string;
    readonly problem: string;
    readonly place: Place | null;
  }[];
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
  readonly unread: readonly { readonly file: string; readonly line: number; readonly problem: string; readonly remedy: string }[];
  readonly leftOut: readonly { readonly rule: string; readonly why: string }[];
  readonly undecided: readonly { readonly rule: string; readonly path: string }[];
}

export function reportOf(out: string): Report {
  const report: Report = JSON.parse(out);
  return report;
}

export const placeOf = (place: Place | null): string => [place?.file, place?.line, place?.column].filter((part) => part !== undefined).join(':');
