/** One folder of tenants with something wrong in it, and all that is said about it. */
export interface BadFiles {
  readonly name: string;
  /** Lines of the good model file: each replaces the one of its key, or follows the last. */
  readonly edit?: readonly string[];
  /** Keys that the good model file is without. */
  readonly without?: readonly string[];
  /** Instead of the good model file. */
  readonly text?: string;
  readonly bytes?: readonly number[];
  /** Beside the model file, or instead of the good tenant file; null: not there. */
  readonly files?: Readonly<Record<string, Content | null>>;
  /** `file:line:column  path  problem | remedy`, in the order in which they are told. */
  readonly says: readonly string[];
}

/** The text of a file, a good model file with other lines, a link, or a file of this many bytes. */
export type Content = string | { readonly edit: readonly string[] } | { readonly link: string } | { readonly size: number };

/** The good model file, `payments/models/fraud.yaml`. */
export const MODEL = `model: fraud
owner: payments-ml
registry: {version: 8}
serving: {latency: 50ms}
inputs: {amount: numeric, country: categorical}
outputs: {score: probability}
labels: {event: chargeback, delay: 45d}
fallback: {score: 0.02}
rollout: standard
`;

/** The good tenant file, `payments/tenant.yaml`. */
export const TENANT = `tenant: payments
owner: payments-ml
contacts: {email: payments-ml@example.com}
groups: {operators: [payments-oncall]}
quota: {gpus: 16, cpu: 256, memory: 512Gi}
retention: {predictions: 180d}
pools: {default: {accelerator: l4}}
`;

/** A good catalogue of features, `payments/features.yaml`. */
export const FEATURES = `entities: {card: {key: card_id}}
views:
  card_stats:
    entity: card
    freshness: 15m
    source: {table: card_stats}
    fields: {spend_7d: numeric, home_country: categorical}
    personal: [home_country]
services: {fraud_v3: [card_stats]}
`;

/** Another tenant. */
export const SHOP = 'tenant: shop\nowner: shop-ml\ncontacts: {email: a@example.com}\ngroups: {operators: [shop]}\n';

export const SERVICE = 'features: {service: fraud_v3}';
export const IMAGE = 'image: "ghcr.io/acme/eta@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"';
export const VLLM = 'serving: {latency: 30s, engine: vllm, gpu: whole}';
export const LLM = ['inputs: {messages: text}', 'outputs: {answer: text}', 'fallback: {answer: "Later."}', 'labels: []'] as const;
export const BATCH = ['pattern: batch', 'serving: {}', 'batch: {schedule: "0 2 * * *", from: customers, to: scores}'] as const;
export const STREAM = ['pattern: streaming', 'serving: {}', 'streaming: {from: clicks, to: scores}'] as const;

/** The text with other lines. */
export function edited(text: string, lines: readonly string[] = [], without: readonly string[] = []): string {
  const kept = text.trimEnd().split('\n');
  const keyOf = (line: string): string => line.slice(0, line.indexOf(':') + 1);
  const own = kept.filter((line) => !without.some((key) => keyOf(line) === `${key}:`));
  for (const line of lines) {
    const at = own.findIndex((other) => keyOf(other) === keyOf(line));
    own.splice(at < 0 ? own.length : at, at < 0 ? 0 : 1, line);
  }
  return `${own.join('\n')}\n`;
}

/** The good tenant file with other lines. */
export const tenant = (...lines: readonly string[]): Readonly<Record<string, Content>> => ({ 'payments/tenant.yaml': edited(TENANT, lines) });

/** The catalogue of features with one word for another. */
export const features = (from = '', to = ''): Readonly<Record<string, Content>> => ({ 'payments/features.yaml': FEATURES.replace(from, to) });

/** A second model of the tenant, good but for these lines. */
export const second = (name: string, ...lines: readonly string[]): Readonly<Record<string, Content>> => ({
  [`payments/models/${name}.yaml`]: { edit: [`model: ${name}`, ...lines] },
});
