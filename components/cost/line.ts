import type { UsageKey } from './assumptions.ts';
import type { PricedNode } from './graph.ts';
import type { InputReader } from './input-reader.ts';
import type { UsageAssumptions } from './usage.ts';

/** Hours of a month, as AWS counts them: 365 * 24 / 12. */
export const HOURS = 730;
/** Days of a month: 365 / 12. */
export const DAYS = 365 / 12;

/** So much of something that has a price. */
export interface CostLine {
  readonly kind: 'cost';
  readonly what: string;
  /** The id in the price list. */
  readonly price: string;
  /** In the unit of the price, for one month; NaN when an input is unknown. */
  readonly quantity: number;
  /** The assumption that the quantity rests on, such as `natGb`; absent when the resource says it. */
  readonly assumption?: string;
  /** Charged in the environment's region, though the resource lies in a second one. */
  readonly atHome?: boolean;
  readonly note?: string;
}

/** One thing that a resource is billed for. */
export type Line =
  | CostLine
  | { readonly kind: 'free'; readonly what: string; readonly reason: string }
  | { readonly kind: 'unpriced'; readonly what: string; readonly reason: string };

/** What a pricer may ask beyond the resource itself. */
export interface PricingContext {
  readonly usage: UsageAssumptions;
  /** All resources of a type, in order of registration. */
  readonly nodes: (type: string) => readonly PricedNode[];
  readonly topicOf: (node: PricedNode) => string;
  /** The resources that this one was made from. */
  readonly dependenciesOf: (node: PricedNode) => readonly PricedNode[];
  /** True for a resource of a second region, by a provider or a region of its own. */
  readonly elsewhere: (node: PricedNode) => boolean;
  /** Whether this version of Kubernetes is past its standard support. */
  readonly inExtendedSupport: (kubernetesVersion: string) => boolean;
}

/** What a resource is billed for, each month. Pure: the same inputs give the same lines. */
export type Pricer = (inputs: InputReader, context: PricingContext, node: PricedNode) => readonly Line[];

/** What the resource itself says. */
export function fixed(what: string, price: string, quantity: number, note?: string): CostLine {
  return { kind: 'cost', what, price, quantity, ...(note === undefined ? {} : { note }) };
}

/** What an assumption says; a part of it where several resources share the quantity. */
export function assumed(what: string, price: string, quantity: number, assumption: string, note?: string): CostLine {
  return { kind: 'cost', what, price, quantity, assumption, ...(note === undefined ? {} : { note }) };
}

/** An assumption that resources share evenly: a second one takes half, and the sum stays. What lies in a second region has no part in it. */
export function share(context: PricingContext, key: UsageKey, node: PricedNode, sharers: readonly PricedNode[]): number {
  if (context.elsewhere(node)) return 0;
  const here = sharers.filter((sharer) => !context.elsewhere(sharer)).length;
  return context.usage.quantities[key] / Math.max(here, 1);
}

export const free = (what: string, reason: string): Line => ({ kind: 'free', what, reason });
export const unpriced = (what: string, reason: string): Line => ({ kind: 'unpriced', what, reason });
