import { counted } from '../format/level.ts';
import type { BaseFacts } from './base-facts.ts';
import { changeLines, summaryOf } from './changes-text.ts';
import { costChangeText, dollars, pricesText, sumText } from './cost-text.ts';
import { needsSomebody, type PlanFacts } from './facts.ts';
import { layersText } from './record-stack.ts';
import { supportText } from './support.ts';
import { dollarsOfPods } from './tenants/text.ts';
import { unpricedCharges } from './unpriced.ts';
import { countedKind } from './words.ts';

/** GitHub refuses comments above 65,536 characters; what does not fit is told, and `--json` has it. */
const LONGEST = 60_000;

/** The plan for a comment on a pull request: what changes and what it costs in sight, the rest folded. */
export function planMarkdown(facts: PlanFacts): string {
  const { base } = facts;
  const parts = [
    headMarkdown(facts),
    ...(base === null ? [] : [baseMarkdown(base)]),
    findingsMarkdown(facts),
    resourcesMarkdown(facts),
    tenantsMarkdown(facts),
    footMarkdown(facts),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function headMarkdown(facts: PlanFacts): string {
  const { stack, settings, base, cost } = facts;
  const told = base === null ? `${sumText(cost)} a month` : base.state === 'failed' ? 'what changes is not known' : summaryOf(base.changes);
  const asks = needsSomebody(facts) ? '\n\n**Somebody has to act before this is merged.**' : '';
  return `### weir plan ${stack}: ${told}\n\n${layersText(settings)} in ${settings.region}, profile ${settings.profile}. No credentials were used.${asks}`;
}

function baseMarkdown(base: BaseFacts): string {
  const { ref, commit, notes, needsAllow, allowed, cost } = base;
  const lines = changeLines(base);
  const block = lines.length === 0 ? [] : ['```diff', ...fitting(lines.map(asDiff)), '```'];
  const flags = needsAllow.map((topic) => `\`--allow-replace ${topic}\``).join(' ');
  return [
    `Against \`${ref}\` (${commit.slice(0, 9)}):`,
    ...notes.map((note) => `- ${escaped(note)}`),
    ...block,
    ...(needsAllow.length === 0 ? [] : [`**Data of ${needsAllow.join(', ')} goes.** When that is wanted, add ${flags}.`]),
    ...(allowed.length === 0 ? [] : [`Data of ${allowed.join(', ')} goes: allowed.`]),
    ...(cost === null ? [] : [`**Cost** ${escaped(costChangeText(cost).split('\n').join('; '))}`]),
  ].join('\n');
}

/** Lines of a diff block are coloured by their first character: `!` marks what needs a person. Columns stay aligned. */
function asDiff(line: string): string {
  const text = line.replace(/^ {2}/, '').trimEnd().replaceAll('```', "'''");
  const sign = /^(-\/\+|~\?|[+~!-])\s/.exec(text)?.[1] ?? '';
  if (sign === '+' || sign === '-') return `${sign}  ${text.slice(1)}`;
  return `${sign === '' || sign === '~' ? ' ' : '!'} ${text}`;
}

function fitting(lines: readonly string[]): readonly string[] {
  let left = LONGEST;
  const at = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return at < 0 ? lines : [...lines.slice(0, at), `  and ${lines.length - at} more lines: weir plan --json has them`];
}

function findingsMarkdown({ findings }: PlanFacts): string {
  const told = findings.filter(({ level }) => level !== 'note');
  return told.map(({ level, topic, text, remedy }) => `- **${level}** ${topic}: ${escaped(text)}. ${escaped(remedy)}`).join('\n');
}

function resourcesMarkdown({ resources, count, cost }: PlanFacts): string {
  const costs = new Map(cost.topics.map((one) => [one.topic, one]));
  const rows = resources.flatMap(({ topics }) =>
    topics.map(({ topic, count: some, kinds }) => {
      const { monthlyUsd = 0, unpriced = 0 } = costs.get(topic) ?? {};
      const usd = monthlyUsd === 0 && unpriced === 0 ? '' : `${dollars(monthlyUsd)}${unpriced > 0 ? ' + ?' : ''}`;
      return `| ${topic} | ${some} | ${usd} | ${kinds.map(({ kind, count: of }) => countedKind(of, kind)).join(', ')} |`;
    }),
  );
  const table = ['| topic | resources | a month | what |', '|---|--:|--:|---|', ...rows].join('\n');
  return `<details><summary>${count} resources, ${sumText(cost)} a month</summary>\n\n${table}\n\n</details>`;
}

/** More rows than these would crowd out what changes. */
const TENANTS_SHOWN = 50;

function tenantsMarkdown({ tenants }: PlanFacts): string {
  if (tenants.length === 0) return '';
  const rows = tenants
    .slice(0, TENANTS_SHOWN)
    .map((one) => `| ${one.tenant} | ${one.models.length} | ${one.resources} | ${dollars(one.cloudUsd)} | ${dollarsOfPods(one)} |`);
  const rest = tenants.length - rows.length;
  const table = ['| tenant | models | resources | cloud | pods |', '|---|--:|--:|--:|--:|', ...rows].join('\n');
  const more = rest > 0 ? `\n\nand ${rest} more: \`weir plan --json\` has them` : '';
  return `<details><summary>${counted(tenants.length, 'tenant')}: cost a month, pods at the least of their replicas</summary>\n\n${table}${more}\n\n</details>`;
}

function footMarkdown({ support, findings, cost }: PlanFacts): string {
  const notes = findings.filter(({ level }) => level === 'note').map(({ text, remedy }) => `- ${escaped(text)}. ${escaped(remedy)}`);
  const dates = support.map((one) => `- ${supportText(one)}`);
  const prices = cost.pricesOf === null ? [] : [`- ${pricesText(cost.pricesOf)}; ${dollars(cost.usageUsd)} by assumed use`];
  const unpriced = unpricedCharges(cost.items.filter(({ source }) => source === 'unpriced')).map((told) => `- not priced: ${escaped(told)}`);
  const lines = [...dates, ...prices, ...unpriced, ...notes];
  return lines.length === 0 ? '' : `<details><summary>Support, prices, destroy</summary>\n\n${lines.join('\n')}\n\n</details>`;
}

/** A name could hold what markdown or HTML acts on, or call a person. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[<>|`*_]/g, (character) => `\\${character}`)
    .replaceAll('@', '@\u200b')
    .replaceAll('\n', ' ');
