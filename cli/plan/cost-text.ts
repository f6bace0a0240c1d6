import { ASSUMPTIONS, NODE_HOURS } from '../../components/cost/assumptions.ts';
import type { CostChange } from '../../components/cost/compare-cost.ts';
import type { CostItem } from '../../components/cost/cost-item.ts';
import type { MonthlyCost } from '../../components/cost/monthly-cost.ts';
import { isUsageKey, type UsageAssumptions } from '../../components/cost/usage.ts';
import { columns } from '../table.ts';

/** Whole dollars from ten on, cents below: `$1,234`, `$0.40`. Signed sums keep their sign before the dollar. */
export function dollars(usd: number): string {
  const small = Math.abs(usd) < 9.995;
  const text = Math.abs(usd).toLocaleString('en-US', { minimumFractionDigits: small ? 2 : 0, maximumFractionDigits: small ? 2 : 0 });
  return `${usd < 0 && Number(text.replaceAll(',', '')) > 0 ? '-' : ''}$${text}`;
}

/** A sum, with a mark where something of it is not counted: `$1,040 + ?`. */
export function sumText({ monthlyUsd, topics }: Pick<MonthlyCost, 'monthlyUsd' | 'topics'>): string {
  return `${dollars(monthlyUsd)}${topics.some(({ unpriced }) => unpriced > 0) ? ' + ?' : ''}`;
}

/** `prices of 2024-09-25 to 2026-09-22`, or the one day. */
export function pricesText({ oldest, newest }: NonNullable<MonthlyCost['pricesOf']>): string {
  return `prices of ${oldest === newest ? oldest : `${oldest} to ${newest}`}`;
}

/** Every charge with its quantity, unit price and source, the dearest first; what is free is left out. */
export function chargesText(cost: MonthlyCost): string {
  const charged = cost.items.filter(({ source }) => source !== 'free').sort((a, b) => b.monthlyUsd - a.monthlyUsd);
  const rows = charged.map((item) => [
    nameOf(item),
    item.what,
    quantityOf(item),
    item.source === 'unpriced' ? '' : dollars(item.monthlyUsd),
    sourceOf(item),
  ]);
  return columns([['RESOURCE', 'CHARGE', 'QUANTITY', 'A MONTH', 'SOURCE'], ...rows]);
}

function quantityOf({ quantity, unit, unitPrice }: CostItem): string {
  if (quantity === null) return '';
  const amount = quantity.toLocaleString('en-US', { maximumFractionDigits: 2 });
  return unitPrice === null ? amount : `${amount} ${unit} x ${unitPrice}`;
}

/** Whether the quantity is assumed, and whether the price was read or worked out. */
function sourceOf({ source, assumption, price, note }: CostItem): string {
  const basis =
    price === null ? '' : price.basis === 'estimate' ? 'worked out' : price.undated === true ? 'read from a page without date' : `read ${price.read}`;
  const parts = [source === 'unpriced' ? 'not counted' : '', assumption === null ? '' : `usage.${assumption}`, basis, note];
  return parts.filter((part) => part !== '').join('; ');
}

const nameOf = ({ urn }: CostItem): string => urn.split('::').at(-1) ?? urn;

/** Every assumption with its unit and reason: what `usage` of the settings may change. */
export function assumptionsText({ quantities, ...hours }: UsageAssumptions): string {
  const single = Object.keys(ASSUMPTIONS)
    .filter(isUsageKey)
    .map((key) => [`usage.${key}`, String(quantities[key]), ASSUMPTIONS[key].unit, `${ASSUMPTIONS[key].meaning}; ${ASSUMPTIONS[key].reason}`]);
  const families = (['cpuNodeHours', 'gpuHours'] as const).flatMap((key) =>
    Object.entries(hours[key]).map(([type, count]) => [
      `usage.${key}.${type}`,
      String(count),
      'hours a month',
      `${NODE_HOURS[key].meaning}; ${NODE_HOURS[key].reason}`,
    ]),
  );
  return columns([...single, ...families]);
}

/** `$11,840 -> $13,310 a month (+$1,470: nodes +$1,180, valkey +$290)`, with what is no longer counted below it. */
export function costChangeText({ before, after, change, topics, newlyUnpriced }: CostChange): string {
  const signed = (usd: number): string => (usd < 0 ? dollars(usd) : `+${dollars(usd)}`);
  const parts = topics.map((topic) => `${topic.topic} ${signed(topic.change)}`).join(', ');
  const told =
    topics.length === 0 ? `${dollars(after)} a month, unchanged` : `${dollars(before)} -> ${dollars(after)} a month (${signed(change)}: ${parts})`;
  return [told, ...newlyUnpriced.map((name) => `  not counted: ${name}`)].join('\n');
}
