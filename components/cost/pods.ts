import { ACCELERATORS } from '../../runtime/model/layers/profiles.ts';
import { INSTANCES, type InstanceSize } from './instances.ts';
import { HOURS } from './line.ts';
import type { Price, PriceList } from './price-list.ts';

/** What one pod asks for. */
export interface PodAsk {
  readonly gpus: number;
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  /** The kind of GPU, such as `l4`; undefined: any. */
  readonly accelerator: string | undefined;
}

/** Where it is cheapest, and what it takes of that node. */
export interface PodPrice {
  readonly instance: string;
  /** 0..1 of one instance: of its scarcest resource. */
  readonly share: number;
  /** A pod that runs all month, in US dollars without tax. */
  readonly monthlyUsd: number;
}

/** Of a node's memory and CPUs pods get this much: the rest is the kubelet's, the system's and the node agents' (EKS's reserved resources). */
const ALLOCATABLE = 0.87;
const GIB = 2 ** 30;

/**
 * The price of one pod on the on-demand instance that carries it for the least, by its share of that instance: other pods pay for the rest, or the
 * node stands partly idle. Pure.
 * @returns null where no instance that fits has a price in the region
 */
export function podPrice(ask: PodAsk, region: string, prices: PriceList): PodPrice | null {
  const fitting = INSTANCES.filter((size) => carries(size, ask)).flatMap((size) => {
    const price = prices.find(`ec2.${size.type}`, region);
    return price === undefined ? [] : [priced(size, price, ask)];
  });
  const cheapest = fitting.toSorted(ask.gpus > 0 ? byNode : byPod)[0];
  return cheapest === undefined ? null : { instance: cheapest.instance, share: cheapest.share, monthlyUsd: cheapest.monthlyUsd };
}

interface Fitting extends PodPrice {
  /** The whole node's, all month. */
  readonly nodeUsd: number;
}

/** Karpenter starts the cheapest node that carries a pod; one with GPUs seldom has a second pod to share it. */
const byNode = (a: Fitting, b: Fitting): number => a.nodeUsd - b.nodeUsd;
const byPod = (a: Fitting, b: Fitting): number => a.monthlyUsd - b.monthlyUsd;

function carries(size: InstanceSize, ask: PodAsk): boolean {
  const [family = ''] = size.type.split('.');
  const kind = ask.accelerator === undefined || ACCELERATORS[family] === ask.accelerator;
  return size.gpus > 0 === ask.gpus > 0 && (ask.gpus === 0 || kind) && shareOf(size, ask) <= 1;
}

function priced(size: InstanceSize, { usd }: Price, ask: PodAsk): Fitting {
  const share = shareOf(size, ask);
  return { instance: size.type, share, monthlyUsd: share * usd * HOURS, nodeUsd: usd * HOURS };
}

function shareOf({ vcpu, gib, gpus }: InstanceSize, ask: PodAsk): number {
  const ofGpus = ask.gpus === 0 ? 0 : ask.gpus / gpus;
  return Math.max(ofGpus, ask.cpu / (vcpu * ALLOCATABLE), ask.memory / (gib * GIB * ALLOCATABLE));
}
