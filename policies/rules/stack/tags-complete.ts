import { embedded } from '../../embedded-json.ts';
import type { Reader } from '../../reader.ts';
import type { ResourceGraph } from '../../resource-graph.ts';
import type { Fixture, GraphProblem, GraphRule, Problem } from '../../rule.ts';
import { TAG_CARRIERS } from './tag-carriers.ts';

const PROVIDER = 'pulumi:providers:aws';
/** 30-platform 9. */
const KEYS = ['platform', 'env', 'owner', 'cost-center', 'stack', 'managed-by', 'data-class'];

const tagged = (keys: readonly string[]): Fixture => [
  {
    type: PROVIDER,
    name: 'aws',
    props: { region: 'eu-west-1', defaultTags: JSON.stringify({ tags: Object.fromEntries(keys.map((key) => [key, 'example'])) }) },
  },
  { type: 'aws:s3/bucket:Bucket', name: 'models', props: {}, options: { provider: 'aws' } },
];

export const tagsComplete: GraphRule = {
  kind: 'graph',
  id: 'tags-complete',
  title: 'all that is billed says whose it is',
  reason: 'A bill without owners is nobody’s: budgets count by these tags, and what is left after a destroy is found by them.',
  remedy:
    'Set weir:owner, weir:costCenter and weir:dataClass, or the keys in defaultTags of the provider; nodes, volumes and load balancers take theirs from their controllers.',
  severity: 'low',
  ids: [],
  scope: 'weir',
  settings: ['owner', 'costCenter', 'dataClass'],
  params: { keys: { description: 'Keys of the tags that everything carries.', default: KEYS } },
  needs: ['provider'],
  check: (graph, { params: { keys } }) => {
    const wanted = Array.isArray(keys) ? keys : KEYS;
    return [
      ...providersOf(graph, wanted),
      ...TAG_CARRIERS.flatMap(({ key, tags }) => graph.each(key, ({ reader }) => tags(reader).flatMap((each) => lacking(each, wanted)))),
    ];
  },
  pass: tagged(KEYS),
  fail: tagged(KEYS.filter((key) => key !== 'owner')),
};

/** Providers through which something is made; of what goes through none, the default provider tags nothing. */
function providersOf(graph: ResourceGraph, keys: readonly string[]): readonly GraphProblem[] {
  const aws = graph.all.filter(({ resource: { type } }) => type.startsWith('aws:'));
  const used = new Set(aws.map(({ resource: { options } }) => options.provider ?? ''));
  return [
    ...aws
      .filter(({ resource: { options } }) => (options.provider ?? '') === '')
      .map(({ resource: { urn }, reader }) => ({ ...reader.problem('', 'goes through no provider that tags it'), urn })),
    ...graph.each(PROVIDER, ({ resource: { urn }, reader }) => (used.has(urn) ? lacking(embedded(reader, 'defaultTags').in('tags'), keys) : [])),
  ];
}

function lacking(tags: Reader, keys: readonly string[]): readonly Problem[] {
  const missing = keys.filter((key) => {
    const read = tags.read([key]);
    return read.kind === 'missing' || (read.kind === 'known' && read.value === '');
  });
  return missing.length === 0 ? [] : [tags.problem('', `does not say ${missing.join(', ')}`)];
}
