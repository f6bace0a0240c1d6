import { checkSource } from '../../../cli/policy/check.ts';
import type { PolicyReport } from '../../../cli/policy/report.ts';
import type { Source } from '../../../cli/policy/source.ts';
import type { PolicyConfig } from '../../../policies/config.ts';
import type { Resource } from '../../../policies/resource.ts';
import type { ResourceRule, Rule } from '../../../policies/rule.ts';

export const TODAY = new Date('2026-11-21T12:00:00Z');

const open = (id: string, over: Partial<ResourceRule>): ResourceRule => ({
  kind: 'resource',
  id,
  title: `${id} is kept`,
  reason: 'Somebody comes in through what is left open, and nobody sees it.',
  remedy: 'Set closed to true.',
  severity: 'high',
  ids: [`CKV_${id.toUpperCase().replaceAll('-', '_')}`],
  scope: 'any',
  on: ['aws:test:Door'],
  check: (door) => door.expect('closed', (value) => value === true, 'stands open'),
  pass: [],
  fail: [],
  ...over,
});

/** A rule of each kind that a report tells apart. */
export const DOORS: readonly Rule[] = [
  open('door-closed', {}),
  open('door-told', { level: 'advisory', severity: 'low' }),
  open('door-worse', { severity: 'critical', check: (door) => door.expect('lock', (value) => value !== 'none', 'has no lock') }),
];

const door = (name: string, props: object): Resource => ({
  urn: `urn:pulumi:shop::web::aws:test:Door::${name}`,
  type: 'aws:test:Door',
  name,
  props,
  options: {},
});

const RESOURCES = [
  door('front', { closed: false, lock: 'none' }),
  door('back', { closed: true }),
  door('side', { closed: '04da6b54-80e4-46f7-96ec-b56ff0331ba9' }),
];

const CONFIG: PolicyConfig = {
  waivers: [
    { rule: 'door-closed', urn: '*::front', reason: 'It is replaced in spring, the parts are ordered.', owner: 'doors', expires: '2026-12-31' },
    { rule: 'door-worse', urn: '*::front', reason: 'It was to be replaced in autumn, and was not.', owner: 'doors', expires: '2026-10-31' },
    { rule: 'door-told', urn: '*::none', reason: 'Nobody knows any more which door this was.', owner: 'doors', expires: '2027-01-31' },
  ],
};

/** One finding of each kind, a waiver of each kind, something undecided and something passed over. */
export function doorsReport({
  resources = RESOURCES,
  config = CONFIG,
  rules = DOORS,
  ...over
}: Partial<Source> & { readonly config?: PolicyConfig; readonly rules?: readonly Rule[] } = {}): PolicyReport {
  const source: Source = {
    title: 'house.yaml',
    resources,
    tells: [],
    placeOf: ({ resource }) => ({ file: 'house.yaml', line: 3 + resources.indexOf(resource), column: 5 }),
    skipped: [{ reason: 'empty files', count: 1 }],
    ...over,
  };
  return checkSource({ source, rules, config, profile: 'prod', today: TODAY });
}

export { door };
