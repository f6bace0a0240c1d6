import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { POLICY_FORMATS } from '../../../cli/policy/report-text.ts';
import { RULES } from '../../../policies/catalogue.ts';
import { run, writeFiles } from '../in-process.ts';
import { scratch, weir } from '../run.ts';
import { deployment, ONE_RULE, READ_ONLY, reportOf } from './objects.ts';

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = scratch();
  writeFiles(folder, files);
  return folder;
}

describe('weir policy check', () => {
  test('ends with 0 when nothing mandatory is broken, with 1 when something is, with 2 when it cannot', async () => {
    const folder = folderOf({
      'good.yaml': deployment('good', READ_ONLY),
      'bad.yaml': deployment(),
      'advisory.yaml': 'rules: {pod-ro-root: {level: advisory}}\n',
    });
    const code = async (...args: readonly string[]) => (await run(['policy', 'check', ...args, ...ONE_RULE])).code;
    expect(await code(join(folder, 'good.yaml'))).toBe(0);
    expect(await code(join(folder, 'bad.yaml'))).toBe(1);
    expect(await code(join(folder, 'bad.yaml'), '--config', join(folder, 'advisory.yaml'))).toBe(0);
    expect(await code(join(folder, 'none.yaml'))).toBe(2);
    expect(await code()).toBe(2);
    expect(await code(join(folder, 'bad.yaml'), '--state', 'state.json')).toBe(2);
  });

  test('runs as a person runs it, in every format', async () => {
    const folder = folderOf({ 'k8s/web.yaml': deployment() });
    const ended = await Promise.all(
      POLICY_FORMATS.map((format) => weir(['policy', 'check', 'k8s', ...ONE_RULE, '--format', format], { cwd: folder })),
    );
    expect(ended.map(({ code, err }) => `${code}${err}`)).toEqual(POLICY_FORMATS.map(() => '1'));
    const [text = '', json = '', sarif = '', github = '', markdown = ''] = ended.map(({ out }) => out);
    expect(text).toContain('k8s/web.yaml:16:11  apps/Deployment shop/web  spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem');
    expect(reportOf(json).findings).toMatchObject([{ place: { file: 'k8s/web.yaml', line: 16, column: 11 } }]);
    expect(JSON.parse(sarif)).toMatchObject({ runs: [{ results: [{ ruleId: 'pod-ro-root', level: 'error' }] }] });
    expect(github).toMatch(/^::error file=k8s\/web\.yaml,line=16,/);
    expect(markdown).toContain('| pod-ro-root | apps/Deployment shop/web |');
  });

  test('kinds that no rule knows are told, for no finding is no praise of them', async () => {
    const rollout = 'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: a}\n';
    const folder = folderOf({ 'rollout.yaml': rollout });
    const { code, out } = await run(['policy', 'check', join(folder, 'rollout.yaml')]);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('1 object of kinds that no rule looks at: argoproj.io/Rollout') });
  });

  test('takes levels, parameters and waivers from a file; an expired waiver is told with its finding', async () => {
    const waiver = (expires: string) =>
      `waivers:\n  - {rule: pod-ro-root, urn: "k8s:apps/Deployment:shop/*", reason: The vendor’s image writes beside its program., owner: shop, expires: "${expires}"}\n`;
    const folder = folderOf({ 'web.yaml': deployment(), 'now.yaml': waiver('2026-11-21'), 'then.yaml': waiver('2026-11-20') });
    const judged = (config: string) => run(['policy', 'check', join(folder, 'web.yaml'), ...ONE_RULE, '--config', join(folder, config)]);
    expect(await judged('now.yaml')).toMatchObject({ code: 0, out: expect.stringContaining('no violations, 1 waived') });
    expect(await judged('then.yaml')).toMatchObject({ code: 1, out: expect.stringContaining('its waiver ended on 2026-11-20: ask shop') });
  });

  test('a configuration with mistakes judges nothing, and tells each at its line', async () => {
    const text = 'rules:\n  pod-ro-rot: {level: advisory}\n  pod-ro-root: {level: loud}\nwaiver: []\n';
    const folder = folderOf({ 'web.yaml': deployment(), 'policies.yaml': text });
    const { code, out, err } = await run(['policy', 'check', join(folder, 'web.yaml'), '--config', join(folder, 'policies.yaml')]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.replaceAll(`${folder}/`, '').match(/^policies\.yaml:\d+:\d+ .*/gm)).toEqual([
      'policies.yaml:2:15  rules.pod-ro-rot  there is no rule pod-ro-rot',
      'policies.yaml:3:24  rules.pod-ro-root.level  "loud" is no level',
      'policies.yaml:4:9  waiver  "waiver" is no part of policies',
    ]);
    expect(err).toContain('did you mean "pod-ro-root"?');
    const json = await run(['policy', 'check', 'x', '--config', join(folder, 'policies.yaml'), '--json']);
    expect({ ...json, out: JSON.parse(json.out) }).toMatchObject({ code: 2, err: '', out: { problems: [{ line: 2 }, { line: 3 }, { line: 4 }] } });
    expect(await run(['policy', 'check', 'x', '--config', join(folder, 'none.yaml')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('no such file'),
    });
  });

  test.each(['--state', '--plan', '--config'])('%s is given once: of two the last alone would be judged', async (option) => {
    const { code, err } = await run(['policy', 'check', option, 'a.json', option, 'b.json']);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('It was a.json before: name one') });
  });

  test('a stack file in the place of a configuration is told where its policies are read', async () => {
    const folder = folderOf({ 'Pulumi.prod.yaml': 'config:\n  weir:policies: {}\n' });
    const { code, err } = await run(['policy', 'check', 'x', '--config', join(folder, 'Pulumi.prod.yaml')]);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/is a stack file\n {2}`weir plan ENV --policy` reads it/) });
  });

  test('one rule alone can be asked for, by its own or a public id; a wrong one names the nearest', async () => {
    const folder = folderOf({ 'web.yaml': deployment() });
    const { out } = await run(['policy', 'check', join(folder, 'web.yaml'), '--rule', 'CKV_K8S_22', '--rule', 'image-digest', '--json']);
    expect(new Set(reportOf(out).findings.map(({ rule }) => rule))).toEqual(new Set(['pod-ro-root', 'image-digest']));
    expect(await run(['policy', 'check', folder, '--rule', 'pod-ro-rot'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean pod-ro-root?'),
    });
  });

  test('a profile decides which rules are for it', async () => {
    const cluster = {
      urn: 'urn:pulumi:shop::web::aws:eks/cluster:Cluster::main',
      type: 'aws:eks/cluster:Cluster',
      inputs: { vpcConfig: { endpointPrivateAccess: true } },
    };
    const folder = folderOf({ 'state.json': JSON.stringify({ version: 3, deployment: { resources: [cluster] } }) });
    const code = async (profile: string) =>
      (await run(['policy', 'check', '--state', join(folder, 'state.json'), '--rule', 'eks-private-endpoint', '--profile', profile])).code;
    expect([await code('dev'), await code('prod')]).toEqual([0, 1]);
  });
});

describe('weir policy list', () => {
  test('has every rule on a line, with its level', async () => {
    const { code, out } = await run(['policy', 'list']);
    expect(code).toBe(0);
    expect(
      out
        .split('\n')
        .slice(1)
        .map((line) => line.split(' ')[0]),
    ).toEqual(RULES.map(({ id }) => id));
    expect(out).toMatch(/^eks-private-endpoint +high +mandatory but in dev, small +/m);
    const dev = (await run(['policy', 'list', '--profile', 'dev'])).out;
    expect(dev).toMatch(/^eks-private-endpoint +high +disabled +/m);
  });

  test('says the same as JSON', async () => {
    const rules: readonly object[] = JSON.parse((await run(['policy', 'list', '--json'])).out);
    expect(rules).toHaveLength(RULES.length);
    expect(rules).toContainEqual(
      expect.objectContaining({
        id: 'eks-private-endpoint',
        levels: { dev: 'disabled', small: 'disabled', staging: 'mandatory', prod: 'mandatory' },
      }),
    );
  });
});

describe('weir policy explain', () => {
  test.each(RULES.map(({ id }) => id))('%s: why, what to do, its levels and both examples', async (id) => {
    const { code, out } = await run(['policy', 'explain', id]);
    const rule = RULES.find((each) => each.id === id);
    expect(code).toBe(0);
    for (const text of [rule?.title, rule?.reason, rule?.remedy, ...(rule?.ids ?? []), 'Breaks it:', 'Keeps it:']) expect(out).toContain(text);
    expect(out.match(/^ {2}in (dev|small|staging|prod) /gm)).toHaveLength(4);
  });

  test('its example that breaks the rule is found when it is judged, and the other one is not', async () => {
    const { out } = await run(['policy', 'explain', 'CKV_K8S_22']);
    const [, breaks = '', keeps = ''] = /Breaks it:\n(.*)\n\nKeeps it:\n(.*)/s.exec(out) ?? [];
    const own = (text: string): string => text.replaceAll(/^ {2}/gm, '');
    const folder = folderOf({ 'breaks.yaml': own(breaks), 'keeps.yaml': own(keeps) });
    expect(parseAllDocuments(own(breaks))).not.toEqual([]);
    expect((await run(['policy', 'check', join(folder, 'breaks.yaml'), ...ONE_RULE])).code).toBe(1);
    expect((await run(['policy', 'check', join(folder, 'keeps.yaml'), ...ONE_RULE])).code).toBe(0);
  });

  test('a name that is none names the nearest, and one of several rules names them', async () => {
    expect(await run(['policy', 'explain', 'eks-private-endpont'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean eks-private-endpoint?'),
    });
    expect(await run(['policy', 'explain', 'nothing-like-it-at-all'])).toMatchObject({ code: 2, err: expect.stringContaining('weir policy list') });
  });
});
