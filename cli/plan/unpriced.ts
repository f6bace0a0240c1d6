import type { CostItem } from '../../components/cost/cost-item.ts';

/** What is not counted, a line for each kind of charge: each tenant has the same ones, and hundreds of lines would hide the rest. */
export function unpricedCharges(items: readonly CostItem[]): readonly string[] {
  return [...Map.groupBy(items, ({ what, note }) => `${what} (${note})`)].map(([charge, alike]) => {
    const [first] = alike;
    const name = first?.urn.split('::').at(-1) ?? '';
    return alike.length === 1 ? `${name}: ${charge}` : `${charge}: ${alike.length} resources, such as ${name}`;
  });
}
