import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run, writeFiles } from '../in-process.ts';
import { scratch } from '../run.ts';
import { deployment, ONE_RULE, placeOf, READ_ONLY, reportOf, WRITABLE } from './objects.ts';

type Files = Readonly<Record<string, string>>;

/** Judges a folder of these files, by one rule, as JSON; places and names without the folder. */
async function judged(files: Files, named: readonly string[] = ['']) {
  const folder = scratch();
  writeFiles(folder, files);
  const { code, out, err } = await run(['policy', 'check', ...named.map((name) => join(folder, name)), ...ONE_RULE, '--json']);
  const local = (text: string): string => text.replaceAll(`${folder}/`, '').replaceAll(folder, '.');
  return { code, err: local(err), report: out === '' ? null : reportOf(local(out)) };
}

const lines = ({ report }: Awaited<ReturnType<typeof judged>>): readonly string[] =>
  report?.findings.map(({ urn, place }) => `${urn} ${placeOf(place)}`) ?? [];

describe('where a finding stands', () => {
  test('is the line and column of the property in its document, or of the nearest parent that is there', async () => {
    const two = `# of the shop\n${deployment('web', WRITABLE)}---\n${deployment('api')}`;
    const result = await judged({ 'shop.yaml': two });
    expect(result.code).toBe(1);
    expect(lines(result)).toEqual(['k8s:apps/Deployment:shop/web shop.yaml:20:13', 'k8s:apps/Deployment:shop/api shop.yaml:37:11']);
    expect(two.split('\n')[19]?.slice(12)).toBe('readOnlyRootFilesystem: false');
    expect(two.split('\n')[36]?.slice(10)).toBe('name: app');
  });

  test('is found in a List, in JSON, and behind an alias or a merge', async () => {
    const pod = (name: string, container: string) => `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {containers: [${container}]}}`;
    const list = `apiVersion: v1\nkind: List\nitems:\n  - ${pod('one', '{name: a}')}\n  - ${pod('two', '{name: b, securityContext: {readOnlyRootFilesystem: false}}')}\n`;
    const json =
      '{\n\t"apiVersion": "v1",\n\t"kind": "Pod",\n\t"metadata": {"name": "three"},\n\t"spec": {"containers": [\n\t\t{"name": "c"}\n\t]}\n}\n';
    const shared = [
      'apiVersion: v1',
      'kind: Pod',
      'metadata: {name: four, annotations: {a: &a "x"}}',
      'spec:',
      '  initContainers:',
      '    - &base',
      '      name: d',
      '      securityContext: &open {readOnlyRootFilesystem: false}',
      '  containers:',
      '    - {name: e, securityContext: *open}',
      '    - {<<: *base, name: f}',
    ].join('\n');
    const result = await judged({ 'a-list.yaml': list, 'b.json': json, 'c.yaml': shared });
    expect(lines(result)).toEqual([
      'k8s:Pod:one a-list.yaml:4:76',
      'k8s:Pod:two a-list.yaml:5:104',
      'k8s:Pod:three b.json:6:3',
      'k8s:Pod:four c.yaml:8:31',
      'k8s:Pod:four c.yaml:8:31',
      'k8s:Pod:four c.yaml:8:31',
    ]);
  });

  test('counts lines as editors do, with carriage returns and a byte order mark', async () => {
    const text = `\u{feff}${deployment('web', WRITABLE)}`.replaceAll('\n', '\r\n');
    expect(lines(await judged({ 'windows.yaml': text }))).toEqual(['k8s:apps/Deployment:shop/web windows.yaml:19:13']);
  });

  test('of one name in two files is told twice, each at its own', async () => {
    const result = await judged({ 'dev/web.yaml': deployment(), 'prod/web.yaml': deployment('web', WRITABLE) });
    expect(lines(result)).toEqual([
      'k8s:apps/Deployment:shop/web dev/web.yaml:16:11',
      'k8s:apps/Deployment:shop/web@prod/web.yaml prod/web.yaml:19:13',
    ]);
  });
});

test('truth is written as kubectl reads it: `yes` is true, and a port range of base 60 is a text', async () => {
  const text = deployment('web', READ_ONLY).replace('readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: yes').replace('shop', '22:22');
  expect(await judged({ 'web.yaml': text })).toMatchObject({ code: 0, report: { counts: { mandatory: 0, resources: 1 } } });
});

describe('what is no object', () => {
  test('in a list is counted with its own reason, and the others are judged', async () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'c' }] } };
    const list = { apiVersion: 'v1', kind: 'List', items: [pod, { kind: 'Pod' }, null] };
    const { code, report } = await judged({ 'list.json': JSON.stringify(list) });
    expect({ code, skipped: report?.skipped }).toEqual({
      code: 1,
      skipped: [
        { reason: 'documents: without apiVersion and kind', count: 1 },
        { reason: 'documents: no object', count: 1 },
      ],
    });
  });

  test.each([
    ['an empty file', '', 'empty files'],
    ['comments alone', '# nothing yet\n---\n# nor here\n', 'empty files'],
    ['a file of values', 'replicas: 3\n', 'documents: without apiVersion and kind'],
    ['a list', '- a\n- b\n', 'documents: no object'],
    ['a map that is no map to JavaScript', 'apiVersion: v1\nkind: Pod\nspec: {toString: 1}\n', 'documents: with a key named toString or valueOf'],
  ])('%s is passed over, and counted', async (_name, text, reason) => {
    const result = await judged({ 'a.yaml': deployment('web', READ_ONLY), 'b.yaml': text });
    expect(result).toMatchObject({ code: 0, report: { counts: { resources: 1, skipped: 1 }, skipped: [{ reason, count: 1 }] } });
  });

  test('a kind that no rule knows is judged by none, and hinders nothing', async () => {
    const other = 'apiVersion: example.com/v9\nkind: Teapot\nmetadata: {name: brown}\nspec: {containers: 7}\n';
    expect(await judged({ 'a.yaml': other })).toMatchObject({ code: 0, report: { counts: { resources: 1, mandatory: 0 } } });
  });

  test('nothing at all is a mistake, and says what was there instead', async () => {
    expect(await judged({ 'values.yaml': 'replicas: 3\n' })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no Kubernetes object.*1 document: without apiVersion/),
    });
    expect(await judged({ 'state.json': '{"version": 3, "deployment": null}' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('Give it with --state.'),
    });
    expect(await judged({}, ['nowhere.yaml'])).toMatchObject({ code: 2, err: expect.stringContaining('there is no such file or folder') });
    expect(await judged({}, ['*.yaml'])).toMatchObject({ code: 2, err: expect.stringContaining('matches no file') });
  });
});

describe('a file that cannot be read hides no other', () => {
  const deep = (levels: number) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: deep}\ndata: ${'['.repeat(levels)}${']'.repeat(levels)}\n`;
  const bomb = ['apiVersion: v1', 'kind: ConfigMap', 'metadata: {name: bomb}', 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 12; level++)
    bomb.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );

  test.each<[string, string | Buffer, RegExp, number]>([
    ['a tab', 'kind: Pod\nspec:\n\tcontainers: []\n', /tab/, 3],
    ['a key twice', 'kind: Pod\nspec: {}\nspec: {}\n', /the key "spec" twice/, 3],
    ['a bracket that is left open', 'kind: Pod\nspec: [1, 2\n', /is not YAML/, 3],
    ['an alias of nothing', 'kind: Pod\nspec: *nothing\n', /unresolved alias/, 2],
    ['a merge of a text', 'kind: Pod\nspec: {<<: a}\n', /merge sources must be maps/, 2],
    ['a bomb of aliases', bomb.join('\n'), /aliases multiply/, 5],
    ['an alias of itself', 'apiVersion: v1\nkind: Pod\nspec: &a [*a]\n', /too deep|alias/, 1],
    ['101 levels', deep(101), /too deep/, 1],
    ['100,000 levels', deep(100_000), /too deep/, 4],
    ['two JSON documents in a row', '{"kind": "Pod"}\n{"kind": "Pod"}\n', /second JSON document/, 2],
    ['a control character', 'kind: Pod\nname: "a\u0007"\n', /control character/, 2],
    ['binary', Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00]), /binary/, 1],
    ['UTF-16', Buffer.from('\ufeffkind: Pod\n', 'utf16le'), /UTF-16/, 1],
    ['Latin 1', Buffer.from('kind: Caf\xe9\n', 'latin1'), /UTF-8/, 1],
    ['a document above 4 MiB', `apiVersion: v1\nkind: ConfigMap\ndata: {a: "${'x'.repeat(5 * 1024 * 1024)}"}\n`, /6 MiB.*4 MiB/, 1],
    ['a template', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n', /template of Helm/, 4],
  ])('%s', async (_name, content, problem, line) => {
    const folder = scratch();
    writeFiles(folder, { 'good.yaml': deployment() });
    writeFileSync(join(folder, 'bad.yaml'), content);
    const { code, out } = await run(['policy', 'check', join(folder, 'bad.yaml'), join(folder, 'good.yaml'), ...ONE_RULE, '--json']);
    const { unread, counts } = reportOf(out);
    expect(code).toBe(2);
    expect(counts).toMatchObject({ mandatory: 1, unread: 1 });
    expect(unread).toMatchObject([
      { file: join(folder, 'bad.yaml'), problem: expect.stringMatching(problem), remedy: expect.stringMatching(/^[A-Z].+\.$/s) },
    ]);
    expect(unread[0]?.line).toBe(line);
  });

  test('one of 200 MB is not read at all, and its size and limit are told', async () => {
    const folder = scratch();
    writeFiles(folder, { 'good.yaml': deployment(), 'huge.yaml': '' });
    truncateSync(join(folder, 'huge.yaml'), 200_000_000);
    const before = process.memoryUsage().rss;
    const { code, out } = await run(['policy', 'check', folder, ...ONE_RULE]);
    expect(code).toBe(2);
    expect(out).toContain('huge.yaml:1:1  has 191 MiB: more than 32 MiB are not read');
    expect(out).toContain('1 file not read, 1 violation of 1 rule');
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  test('JSON above what YAML is read in is judged, without lines', async () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'one', annotations: { a: 'x'.repeat(1_000) } },
      spec: { containers: [{ name: 'a' }] },
    };
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: Array.from({ length: 5_000 }, (_, index) => ({ ...pod, metadata: { ...pod.metadata, name: `p${index}` } })),
    });
    const result = await judged({ 'all.json': list });
    expect(result).toMatchObject({ code: 1, report: { counts: { resources: 5_000, mandatory: 5_000 } } });
    expect(result.report?.findings[4_999]?.place).toEqual({ file: 'all.json' });
  });
});

describe('a folder', () => {
  const chart = {
    'chart/Chart.yaml': 'apiVersion: v2\nname: web\n',
    'chart/values.yaml': 'a: 1\n',
    'chart/templates/web.yaml': 'kind: {{ .Values.kind }}\n',
    'chart/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\n',
    'chart/charts/db/templates/db.yaml': 'kind: {{ .Values.kind }}\n',
  };

  test('of a chart is judged but for its templates, with the command that renders them', async () => {
    const result = await judged({ ...chart, 'chart/crds/crd.yaml': deployment('web', READ_ONLY), 'web.yaml': deployment('web', READ_ONLY) });
    expect(result).toMatchObject({
      code: 0,
      report: { counts: { resources: 2 }, skipped: [{ reason: expect.stringMatching(/helm template .*chart \| weir policy check -/), count: 1 }] },
    });
  });

  test('of a chart alone says so', async () => {
    expect(await judged(chart)).toMatchObject({ code: 2, err: expect.stringContaining('helm template chart | weir policy check -') });
  });

  test('of a kustomization is judged without its patches, which are parts of objects', async () => {
    const result = await judged({
      'kustomization.yaml': 'resources: [web.yaml]\npatches: [{path: more.yaml}]\npatchesStrategicMerge: [replicas.yaml]\n',
      'web.yaml': deployment('web', READ_ONLY),
      'more.yaml': deployment(),
      'replicas.yaml': deployment(),
    });
    expect(result).toMatchObject({ code: 0, report: { counts: { resources: 1, mandatory: 0 } } });
    expect(result.report?.skipped).toContainEqual({ reason: expect.stringContaining('kubectl kustomize'), count: 2 });
  });

  test('is read below, without links, hidden files and modules; a pattern and a file that is named twice count once', async () => {
    const folder = scratch();
    writeFiles(folder, {
      'a/b/web.yml': deployment(),
      '.git/web.yaml': deployment('git'),
      'node_modules/x/web.yaml': deployment('module'),
      'notes.md': '# no',
    });
    symlinkSync(folder, join(folder, 'a/round'));
    const { out } = await run(['policy', 'check', folder, join(folder, 'a/b/web.yml'), join(folder, '**/*.yml'), ...ONE_RULE, '--json']);
    expect(reportOf(out)).toMatchObject({ counts: { resources: 1 }, skipped: [{ reason: 'links in folders', count: 1 }] });
  });
});
