import type { Waiver } from './config.ts';
import type { Finding, Verdict } from './judge.ts';

/** The last day of what is so by design. */
export const BY_DESIGN = '9999-12-31';

interface WaiverUse {
  readonly today: Date;
  /** Ids of the rules that could run: a waiver of another is not unused, it was not asked. */
  readonly ran: ReadonlySet<string>;
}

/** Findings without those that a waiver covers; one that has run out covers nothing, and is told with the finding. */
export function waived(
  found: readonly Finding[],
  waivers: readonly Waiver[],
  { today, ran }: WaiverUse,
): Pick<Verdict, 'findings' | 'waived' | 'unused'> {
  const compiled = waivers.map((waiver) => ({ waiver, covers: coversOf(waiver), holds: holdsOn(waiver, today) }));
  const used = new Set<Waiver>();
  const findings: Finding[] = [];
  const accepted: (Finding & { readonly waiver: Waiver })[] = [];
  const byDesign = exceptionsOf(found);
  for (const finding of found) {
    const design = byDesign.find(({ covers }) => covers(finding));
    if (design !== undefined) {
      accepted.push({ ...finding, waiver: design.waiver });
      continue;
    }
    const fitting = compiled.filter(({ covers }) => covers(finding));
    for (const { waiver } of fitting) used.add(waiver);
    const valid = fitting.find(({ holds }) => holds);
    if (valid !== undefined) accepted.push({ ...finding, waiver: valid.waiver });
    else findings.push({ ...finding, expired: fitting[0]?.waiver ?? null });
  }
  return { findings, waived: accepted, unused: waivers.filter((waiver) => !used.has(waiver) && ran.has(waiver.rule)) };
}

/** Whether a waiver is about a rule's finding at this place. */
function coversOf({
  rule,
  urn,
  path = '*',
}: Waiver): (finding: { readonly rule: { readonly id: string }; readonly resource: { readonly urn: string }; readonly path: string }) => boolean {
  const [urns, paths] = [pattern(urn), pattern(path)];
  return (finding) => finding.rule.id === rule && urns.test(finding.resource.urn) && paths.test(finding.path);
}

/** The day itself included. */
const holdsOn = ({ expires }: Waiver, today: Date): boolean => today.toISOString().slice(0, 10) <= expires;

const pattern = (glob: string): RegExp => new RegExp(`^${glob.split('*').map(literally).join('.*')}$`, 's');

const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

/** What rules except by themselves, as waivers that nobody has to keep. */
function exceptionsOf(found: readonly Finding[]) {
  const rules = new Set(found.map(({ rule }) => rule));
  return [...rules].flatMap(({ id, exceptions = [] }) =>
    exceptions.map((exception) => {
      const waiver: Waiver = { ...exception, rule: id, owner: 'Weir', expires: BY_DESIGN };
      return { waiver, covers: coversOf(waiver) };
    }),
  );
}
