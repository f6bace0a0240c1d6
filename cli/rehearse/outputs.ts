import type { Values } from './grpc.ts';
import type { SdkTypes } from './sdk-types.ts';

/** Types inside of types go no deeper than any program reads. */
const DEPTH = 4;

/** A resource that is being answered for. */
export interface Asked {
  readonly type: string;
  readonly name: string;
  readonly inputs: Values;
}

/** Where the stand-ins say that things are. */
export interface Place {
  readonly region: string;
  readonly account: string;
}

/**
 * What a provider would answer: the inputs, and with a made-up value all that the SDK promises beside them. Values are as stable as the names
 * they are made of, so that asking twice changes nothing.
 */
export function outputsOf(types: SdkTypes, asked: Asked, place: Place): Values {
  const made: Record<string, unknown> = {};
  for (const [property, type] of types.resource(asked.type)) {
    const value = madeUp({ types, asked, place, property }, type, DEPTH);
    if (value !== undefined) made[property] = value;
  }
  return { ...made, ...asked.inputs };
}

interface Making {
  readonly types: SdkTypes;
  readonly asked: Asked;
  readonly place: Place;
  readonly property: string;
}

function madeUp(making: Making, type: string, depth: number): unknown {
  if (type.endsWith('[]')) {
    const one = madeUp(making, type.slice(0, -2), depth);
    return one === undefined ? [] : [one];
  }
  if (type === 'string') return textOf(making);
  if (type === 'number') return 1;
  if (type === 'boolean') return false;
  if (!type.startsWith('outputs.') || depth === 0) return undefined;
  const shape = making.types.nested(making.asked.type.split(':')[0] ?? '', type);
  const entries = [...shape].map(([property, inner]) => [property, madeUp({ ...making, property }, inner, depth - 1)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Values that programs take apart look like real ones; any other is named after what it is. */
function textOf({ asked: { type, name, inputs }, place, property }: Making): string {
  const [, module = ''] = type.split(':');
  const [service = '', kind = ''] = module.split('/');
  if (property === 'arn') return `arn:aws:${service}:${place.region}:${place.account}:${kind}/${name}`;
  if (property === 'issuer')
    return `https://oidc.eks.${place.region}.amazonaws.com/id/${Buffer.from(name).toString('hex').toUpperCase().padEnd(32, '0')}`;
  if (property === 'data') return Buffer.from(`certificate of ${name}`).toString('base64');
  if (property.startsWith('bootstrapBrokers'))
    return `b-1.${name}.kafka.${place.region}.amazonaws.com:9098,b-2.${name}.kafka.${place.region}.amazonaws.com:9098`;
  if (property === 'endpoint') return `https://${name}.invalid`;
  if (property === 'region') return place.region;
  if (property === 'repositoryUrl') return `${place.account}.dkr.ecr.${place.region}.amazonaws.com/${name}`; // where images are from is asked by a policy
  if (property === 'result') return 'r4nd0m'.repeat(11).slice(0, typeof inputs.length === 'number' ? inputs.length : 6);
  return `${name}-${property}`;
}
