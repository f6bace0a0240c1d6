import type { CostItem } from './cost-item.ts';
import type { MonthlyCost } from './monthly-cost.ts';

/** What a topic cost before and costs after a change, in US dollars a month. */
export interface TopicChange {
  readonly topic: string;
  readonly before: number;
  readonly after: number;
  readonly change: number;
}

export interface CostChange {
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /** Topics that cost another amount than before, the largest change first. */
  readonly topics: readonly TopicChange[];
  /** What is not counted now and was not there, or was counted, before: as `<resource>: <what>`. */
  readonly newlyUnpriced: readonly string[];
}

/** Less than this is rounding, not a change: a hundredth of a cent. */
const NOTHING = 0.0001;

/** The difference between two plans, such as a branch and what it goes into. */
export function compareCost(before: MonthlyCost, after: MonthlyCost): CostChange {
  const [old, now] = [byTopic(before), byTopic(after)];
  const topics = [...new Set([...old.keys(), ...now.keys()])]
    .map((topic) => changeOf(topic, old.get(topic) ?? 0, now.get(topic) ?? 0))
    .filter(({ change }) => Math.abs(change) > NOTHING)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.topic < b.topic ? -1 : 1));
  const known = new Set(unpricedOf(before));
  return {
    before: before.monthlyUsd,
    after: after.monthlyUsd,
    change: after.monthlyUsd - before.monthlyUsd,
    topics,
    newlyUnpriced: unpricedOf(after).filter((name) => !known.has(name)),
  };
}

const byTopic = (cost: MonthlyCost): ReadonlyMap<string, number> => new Map(cost.topics.map(({ topic, monthlyUsd }) => [topic, monthlyUsd]));

const changeOf = (topic: string, before: number, after: number): TopicChange => ({ topic, before, after, change: after - before });

function unpricedOf(cost: MonthlyCost): readonly string[] {
  return cost.items.filter(({ source }) => source === 'unpriced').map(nameOf);
}

const nameOf = ({ urn, what }: CostItem): string => `${urn.split('::').at(-1) ?? urn}: ${what}`;
