import type { BadSettings } from './bad-data-settings.ts';

const WAIVER = {
  rule: 'eks-private-endpoint',
  urn: '*::dev-cluster-eks',
  reason: 'The office is the only network that reaches it.',
  owner: 'platform-team',
  expires: '2027-06-30',
};

/** Mistakes in `weir:policies`. */
export const POLICY_CASES: readonly BadSettings[] = [
  {
    name: 'a rule that is not there',
    change: { policies: { rules: { 'eks-private-endpiont': { level: 'advisory' } } } },
    message: [
      'weir:policies.rules.eks-private-endpiont  there is no rule eks-private-endpiont | Did you mean "eks-private-endpoint"? `weir policy list` names them.',
    ],
  },
  {
    name: 'a parameter that the rule has not',
    change: { policies: { rules: { 'eks-private-endpoint': { params: { from: 1 } } } } },
    message: ['weir:policies.rules.eks-private-endpoint.params.from  eks-private-endpoint has no parameter "from" | It has none.'],
  },
  {
    name: 'a parameter below nothing',
    change: { policies: { rules: { 'nodepool-budget': { params: { mostPercent: -5 } } } } },
    message: ['weir:policies.rules.nodepool-budget.params.mostPercent  -5 is no number from 0 on | Write one, such as 50.'],
  },
  {
    name: 'a level that is none',
    change: { policies: { rules: { 'eks-private-endpoint': { level: 'warn' } } } },
    message: ['weir:policies.rules.eks-private-endpoint.level  "warn" is not a level | Choose one of mandatory, advisory, disabled.'],
  },
  {
    name: 'a waiver of everything, for ever, without a word',
    change: { policies: { waivers: [{ ...WAIVER, urn: '*', reason: 'ok', expires: 'never' }] } },
    message: [
      'weir:policies.waivers[0].urn  names no resource | Write its URN as the finding does, with * for what varies: all of a rule are disabled below `rules`.',
      'weir:policies.waivers[0].reason  says too little | Write why it is right as it is, in a sentence that somebody else can judge.',
      'weir:policies.waivers[0].expires  "never" is no day | Write the last day on which it holds, such as "2027-06-30".',
    ],
  },
  ...['k8s:*', 'urn:pulumi:*', 'urn:pulumi:dev::weir::*', '*aws:*', '*::weir:*'].map((urn) => ({
    name: `a waiver of all that a rule finds (${urn})`,
    change: { policies: { waivers: [{ ...WAIVER, urn }] } },
    message: [
      'weir:policies.waivers[0].urn  names no resource | Write its URN as the finding does, with * for what varies: all of a rule are disabled below `rules`.',
    ],
  })),
  {
    name: 'a waiver until a day that no calendar has',
    change: { policies: { waivers: [{ ...WAIVER, expires: '2027-02-30' }] } },
    message: ['weir:policies.waivers[0].expires  "2027-02-30" is no day | Write the last day on which it holds, such as "2027-06-30".'],
  },
];
