import * as pulumi from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import { at } from '../../runtime/model/layers/tree.ts';
import type { Settings } from '../settings/settings-file.ts';
import type { Layer } from '../topics.ts';

type Text = pulumi.Output<string>;
type Texts = pulumi.Output<readonly string[]>;
type Count = pulumi.Output<number>;

/** What a stack says of itself, to be held against the stack below it. */
export type Here = Pick<Settings, 'account' | 'region' | 'layers'>;

/** Which layer is read from which stack. */
export interface Upstream {
  readonly upstream: string;
  readonly layer: Layer;
  readonly here: Here;
}

/**
 * Outputs of a layer that another stack has built. They are checked when they are read: an `ArgsError` names all that are missing or wrong, a stack
 * that lies elsewhere, and one that builds a layer of this stack itself: two stacks would own the same objects.
 */
export function readUpstream<Outputs>({ upstream, layer, here }: Upstream, read: (reader: Reader) => Outputs): Outputs {
  const reference = new pulumi.StackReference('upstream', { name: `organization/${pulumi.getProject()}/${upstream}` }); // the literal word on self-managed backends
  const wanted: Wanted[] = [];
  const checked: pulumi.Output<unknown> = reference.getOutput(layer).apply((found: unknown) => {
    assertOutputs({ upstream, layer, here }, wanted, found);
    assertBelow({ upstream, layer, here }, found);
    return found;
  });
  const leaf = <Value>(kind: Kind<Value>, path: readonly string[]): pulumi.Output<Value> => {
    wanted.push({ path, kind });
    return checked.apply((found) => valueAt(kind, found, path));
  };
  return read({
    text: (...path) => leaf(TEXT, path),
    maybe: (...path) => leaf(MAYBE, path),
    texts: (...path) => leaf(TEXTS, path),
    count: (...path) => leaf(COUNT, path),
  });
}

/** Asks for one output by its path. */
export interface Reader {
  readonly text: (...path: readonly string[]) => Text;
  /** One that may be empty. */
  readonly maybe: (...path: readonly string[]) => Text;
  readonly texts: (...path: readonly string[]) => Texts;
  readonly count: (...path: readonly string[]) => Count;
}

interface Kind<Value> {
  readonly words: string;
  readonly is: (value: unknown) => value is Value;
}

interface Wanted {
  readonly path: readonly string[];
  readonly kind: Kind<unknown>;
}

const TEXT: Kind<string> = { words: 'a text', is: (value): value is string => typeof value === 'string' && value !== '' };
const MAYBE: Kind<string> = { words: 'a text', is: (value): value is string => typeof value === 'string' };
const COUNT: Kind<number> = { words: 'a number', is: (value): value is number => typeof value === 'number' };
const TEXTS: Kind<readonly string[]> = {
  words: 'a list of texts',
  is: (value): value is readonly string[] => Array.isArray(value) && value.length > 0 && value.every(TEXT.is),
};

function assertOutputs({ upstream, layer }: Upstream, wanted: readonly Wanted[], found: unknown): void {
  const problems = found === undefined ? [`has no output ${layer}`] : wanted.flatMap((leaf) => problemOf(leaf, layer, found));
  if (problems.length === 0) return;
  throw told(`stack "${upstream}" ${problems.join(', ')}`, `Deploy that stack first, with this version: \`pulumi up --stack ${upstream}\`.`);
}

function assertBelow({ upstream, here }: Upstream, found: unknown): void {
  const [account, region, layers] = ['account', 'region', 'layers'].map((key) => valueAt(TEXT, found, ['place', key]));
  if (account !== here.account || region !== here.region) {
    const problem = `stack "${upstream}" lies in ${region} of account ${account}, this stack in ${here.region} of ${here.account}`;
    throw told(problem, 'Name the same region and account in both, or another stack.');
  }
  const twice = here.layers.filter((mine) => layers?.split(', ').includes(mine));
  if (twice.length === 0) return;
  const remedy = `Take ${twice.join(' and ')} out of weir:layers there, or take this stack away: each object has one owner.`;
  throw told(`stack "${upstream}" builds ${layers} itself`, remedy);
}

/** Thrown in an apply: by this mark the SDK shows it without a stack of calls, as it does its own RunError. */
function told(problem: string, remedy: string): ArgsError {
  return Object.assign(new ArgsError('weir:upstream', problem, remedy), { __pulumiRunError: true });
}

function problemOf({ path, kind }: Wanted, layer: Layer, found: unknown): readonly string[] {
  const value = at(found, path);
  const output = `${layer}.${path.join('.')}`;
  if (value === undefined) return [`has no output ${output}`];
  return kind.is(value) ? [] : [`has an output ${output} that is not ${kind.words}`];
}

function valueAt<Value>(kind: Kind<Value>, found: unknown, path: readonly string[]): Value {
  const value = at(found, path);
  if (kind.is(value)) return value;
  throw new Error(`output ${path.join('.')} passed its check and is not ${kind.words}`);
}
