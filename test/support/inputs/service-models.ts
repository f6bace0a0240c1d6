import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A shape of an AWS service model, as botocore carries it. */
export interface ServiceShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

interface Model {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, ServiceShape>>;
}

/** The newest model of one service in botocore's `data` folder. */
export class ServiceModel {
  readonly #model: Model;

  constructor(data: string, service: string) {
    const newest = readdirSync(join(data, service)).sort().at(-1) ?? '';
    const packed = readFileSync(join(data, service, newest, 'service-2.json.gz'));
    const model: Model = JSON.parse(gunzipSync(packed).toString('utf8'));
    this.#model = model;
  }

  /** An operation's request, or what lies at a path of members inside of it. */
  request(operation: string, at: readonly string[] = []): ServiceShape {
    const input = this.#model.operations[operation]?.input?.shape;
    if (input === undefined) throw new Error(`no operation ${operation}`);
    return at.reduce((shape, member) => this.shape(shape.members?.[member]?.shape ?? `no ${member}`), this.shape(input));
  }

  shape(name: string): ServiceShape {
    const found = this.#model.shapes[name];
    if (found === undefined) throw new Error(`the model has no shape: ${name}`);
    return found;
  }

  /** A list's element, however deep: the SDK has single blocks where the service has lists, and the other way round. */
  element(shape: ServiceShape): ServiceShape {
    return shape.type === 'list' && shape.member !== undefined ? this.element(this.shape(shape.member.shape)) : shape;
  }
}
