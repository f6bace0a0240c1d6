import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { PROFILES, recordProfile } from '../support/inputs/profiles.ts';
import { RULE_IDS } from '../support/rule-ids/all.ts';
import { breaking, mutated, subjectsOf } from '../support/rule-ids/check.ts';
import type { RuleId } from '../support/rule-ids/rule-id.ts';

/** As the design lists them: section 2.1 network, 2.2 cluster, 2.3 nodes, 2.4 identity, 2.5 keys and buckets, 2.6 Postgres, 2.7 Kafka, 2.8 Valkey; of 13 images, logs, queue, trail and vaults. */
const LISTED = `
AWS-0178 CKV2_AWS_11 AWS-0173 CKV2_AWS_12
AWS-0038 AWS-0039 AWS-0040 AWS-0041 CKV_AWS_37 CKV_AWS_38 CKV_AWS_39 CKV_AWS_58 CKV_AWS_339
AWS-0130 AWS-0131 CKV_AWS_79 CKV_AWS_341
AWS-0057 AWS-0342 AWS-0345 CKV_AWS_107 CKV_AWS_108 CKV_AWS_109 CKV_AWS_110 CKV_AWS_111
AWS-0065 CKV_AWS_7
AWS-0086 AWS-0087 AWS-0088 AWS-0089 AWS-0090 AWS-0091 AWS-0092 AWS-0093 AWS-0094 AWS-0132
CKV_AWS_18 CKV_AWS_19 CKV_AWS_21 CKV_AWS_53 CKV_AWS_54 CKV_AWS_55 CKV_AWS_56 CKV_AWS_70 CKV_AWS_143 CKV_AWS_145 CKV_AWS_300 CKV_AWS_379
AWS-0077 AWS-0080 AWS-0133 AWS-0176 AWS-0177 AWS-0180 CKV_AWS_16 CKV_AWS_17 CKV_AWS_118 CKV_AWS_129 CKV_AWS_133 CKV_AWS_157 CKV_AWS_161
CKV_AWS_211 CKV_AWS_226 CKV_AWS_293 CKV_AWS_353 CKV_AWS_354 CKV2_AWS_30 CKV2_AWS_60 CKV2_AWS_69
AWS-0073 AWS-0074 AWS-0179 CKV_AWS_80 CKV_AWS_81 CKV_AWS_291
AWS-0045 AWS-0050 AWS-0051 CKV_AWS_29 CKV_AWS_30 CKV_AWS_191 CKV2_AWS_50
AWS-0030 AWS-0031 AWS-0033 CKV_AWS_51 CKV_AWS_136 CKV_AWS_163
AWS-0017 CKV_AWS_66 CKV_AWS_158 CKV_AWS_338 AWS-0096 CKV_AWS_27 AWS-0014 CKV_AWS_67 AWS-0015 CKV_AWS_35 AWS-0016 CKV_AWS_36 CKV_AWS_166
`
  .trim()
  .split(/\s+/);

const graphs = new Map<string, Graph>();
beforeAll(async () => {
  for (const profile of PROFILES) graphs.set(profile, (await recordProfile(profile)).graph);
});

function graphOf(profile: string): Graph {
  const found = graphs.get(profile);
  if (found === undefined) throw new Error(`${profile} was not recorded`);
  return found;
}

const CASES = RULE_IDS.flatMap((rule) => rule.ids.map((id) => ({ id, title: rule.title, rule })));
const waivedIn = (rule: RuleId, profile: string, name: string) =>
  (rule.waived ?? []).some(({ profiles, named = /^/ }) => profiles.some((each) => each === profile) && named.test(name));

test('every public rule that the design lists is covered once, and no other', () => {
  expect(CASES.map(({ id }) => id).sort()).toEqual([...LISTED].sort());
});

describe.each(CASES)('$id: $title', ({ rule }) => {
  test.each(PROFILES)('holds in %s, but for what is waived', (profile) => {
    const left = breaking(rule, graphOf(profile)).filter(({ name }) => !waivedIn(rule, profile, name));
    expect(left.map(({ name }) => name)).toEqual([]);
  });

  test('has something to look at in prod', () => {
    expect(subjectsOf(rule, graphOf('prod'))).not.toEqual([]);
  });

  test('is broken by what it is against', () => {
    const [type = ''] = rule.types;
    const before = rule.mends === undefined ? graphOf('prod') : mutated(graphOf('prod'), rule.mends, type);
    expect(breaking(rule, mutated(before, rule.breaks, type)).length).toBeGreaterThan(breaking(rule, before).length);
  });

  test('is waived only where it is broken, with a reason and a date', () => {
    for (const { profiles, named = /^/, reason, date } of rule.waived ?? []) {
      expect(reason.length).toBeGreaterThan(20);
      expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
      for (const profile of profiles) expect(breaking(rule, graphOf(profile)).filter(({ name }) => named.test(name))).not.toEqual([]);
    }
  });
});
