import { TOPICS } from '../../../policies/catalogue.ts';
import { rulingsOf } from '../../../policies/config.ts';
import { type Level, PROFILES, type Rule } from '../../../policies/rule.ts';
import { sentence } from './fields.ts';

const SIGN: Readonly<Record<Level, string>> = { mandatory: 'M', advisory: 'a', disabled: '-' };

/** `docs/policies.md`: every rule, why, what to do, its public ids, and its level in each profile. */
export function policiesPage(): string {
  const count = TOPICS.reduce((sum, { rules }) => sum + rules.length, 0);
  return [
    '<!-- made by `npm run generate`; edit policies/ instead -->',
    '# Policies',
    '',
    `${count} rules, each a pure function in a file of its own (\`policies/rules/\`). The same function is asked in three places: by \`weir plan --policy\` before anything is deployed, by the engine at`,
    '`pulumi preview --policy-pack policies`, and, where the last column says so, by the API server at admission. `weir policy check` asks them of anybody’s state, preview or manifests',
    '([policy-check.md](policy-check.md)); [ci.md](ci.md) has the workflows.',
    '',
    'Levels by profile, dev, small, staging and prod: `M` mandatory, which ends a check with 1 and stops an `up`; `a` advisory, which is told; `-` disabled, for a profile that is otherwise by design, for the',
    'reason that stands below the table. A stack file changes levels and parameters, and waives single findings for a while:',
    '',
    '```yaml',
    'weir:policies:',
    '  rules:',
    '    vpc-flow-logs: { level: advisory }',
    '  waivers:',
    '    - rule: eks-private-endpoint',
    '      urn: "*::prod-cluster-eks" # as --json tells it, with * for what varies',
    '      reason: The migration from the old network needs the public address until March.',
    '      owner: platform-team',
    '      expires: "2027-03-31" # on the day after, it is a violation again',
    '```',
    '',
    'A waiver stands in the file of the stack that has the finding: of VPC and cluster in that of `prod`, of models in that of `prod-tenants`, where what the controller applies for a model has a',
    'short URN: `k8s:apps/Deployment:tenant-payments/fraud-*`. It is of one rule, and never of everything that this rule finds. One that covers nothing in its stack is told, and so is each disabled rule.',
    '',
    'Admission follows the same levels: an advisory rule warns there, a disabled one is not there. Waivers and parameters are no business of the API server: what it refuses has no exception by name.',
    '',
    'A value that is known only after `up` is an outcome of its own: it is no violation, and it is counted. Where a program always knows a value, an unknown one is a violation, because it would be judged too late.',
    '',
    ...TOPICS.flatMap(({ title, rules }) => [`## ${title}`, '', ...table(rules), '', ...exemptions(rules), ...parameters(rules)]),
  ].join('\n');
}

function table(rules: readonly Rule[]): readonly string[] {
  return [
    '| rule | what holds, and why | what to do | public ids | levels | at admission |',
    '|---|---|---|---|---|---|',
    ...rules.map(
      (rule) => `| ${[named(rule), why(rule), sentence(rule.remedy), rule.ids.join(', '), levelsOf(rule), admissionOf(rule)].join(' | ')} |`,
    ),
  ];
}

const named = ({ id, severity, scope }: Rule): string => `\`${id}\`<br>${severity}${scope === 'weir' ? ', Weir’s own' : ''}`;
const why = ({ title, reason }: Rule): string => sentence(`${title.charAt(0).toUpperCase()}${title.slice(1)}. ${reason}`);
function admissionOf({ admission, heldBy, notAtAdmission }: Rule): string {
  if (admission === undefined && heldBy === undefined) return notAtAdmission === undefined ? '' : `no: ${notAtAdmission}`;
  if (admission === undefined) return 'tenants, by Pod Security';
  return admission.scopes.join(', ') + (admission.lets === undefined ? '' : `<br>not: ${admission.lets}`);
}

function levelsOf(rule: Rule): string {
  return PROFILES.map((profile) => SIGN[rulingsOf([rule], {}, profile)[0]?.level ?? 'disabled']).join(' ');
}

function exemptions(rules: readonly Rule[]): readonly string[] {
  const lines = rules.flatMap(({ id, exempt = {} }) => {
    const byReason = Map.groupBy(Object.entries(exempt), ([, reason]) => reason);
    return [...byReason].map(([reason, profiles]) => `- \`${id}\`, disabled in ${profiles.map(([profile]) => profile).join(', ')}: ${reason}`);
  });
  const single = rules.flatMap(({ id, exceptions = [] }) =>
    exceptions.map(({ urn, path, reason }) => `- \`${id}\`, not of \`${path}\` of \`${urn}\`: ${reason}`),
  );
  const all = [...lines, ...single];
  return all.length === 0 ? [] : [...all, ''];
}

function parameters(rules: readonly Rule[]): readonly string[] {
  const lines = rules.flatMap(({ id, params = {} }) =>
    Object.entries(params).map(([name, { description, default: value }]) => `- \`${id}\`, \`${name}\` (${JSON.stringify(value)}): ${description}`),
  );
  return lines.length === 0 ? [] : ['Parameters:', '', ...lines, ''];
}
