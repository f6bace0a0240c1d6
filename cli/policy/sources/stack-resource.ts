import type { OptionName, Resource } from '../../../policies/resource.ts';
import { ArgsError } from '../../../runtime/errors.ts';
import { isList, isMap, type Tree, type TreeMap } from '../../../runtime/model/layers/tree.ts';
import { counted } from '../../format/level.ts';
import { SECRET_KEY } from '../../graph/secrets.ts';
import type { Source } from '../source.ts';
import { DEPTH, hasTrap, isTooDeep } from './limits.ts';

/** What a state and a preview say of each resource (apitype.ResourceV3): `remote` is told to the engine and kept nowhere. */
export const STATE_TELLS: readonly OptionName[] = ['protect', 'parent', 'dependencies', 'provider', 'retainOnDelete'];

/** A preview has this text where a state has an envelope (pulumi/pulumi, pkg/backend/display/json.go). */
const BLINDED = '[secret]';
const ENVELOPE: TreeMap = { [SECRET_KEY]: '1b47061264138c4ac30d75fd1eb44270' };

/** Resources, each once, and what was among them and is none. @throws ArgsError when none of them can be read: it is of a form that nobody knows, and no stack without faults */
export function stackResources(name: string, entries: readonly Tree[], remedy: string): Pick<Source, 'resources' | 'skipped'> {
  const resources = new Map<string, Resource>();
  const skipped = new Map<string, number>();
  for (const entry of entries) {
    const why = whyNot(entry, resources);
    if (why !== null) skipped.set(why, (skipped.get(why) ?? 0) + 1);
    else if (isMap(entry)) resources.set(String(entry.urn), resourceOf(entry));
  }
  if (entries.length > 0 && (skipped.get(NO_RESOURCE) ?? 0) === entries.length)
    throw new ArgsError(name, `holds no resource that can be read, in ${counted(entries.length, 'item')}`, remedy);
  return { resources: [...resources.values()], skipped: [...skipped].map(([reason, count]) => ({ reason, count })) };
}

const NO_RESOURCE = 'entries without a URN and a type';

function whyNot(entry: Tree, before: ReadonlyMap<string, Resource>): string | null {
  if (!isMap(entry) || typeof entry.urn !== 'string' || typeof entry.type !== 'string') return NO_RESOURCE;
  if (entry.delete === true) return 'resources waiting for their deletion';
  if (entry.external === true) return 'resources only read, and made by others';
  if (before.has(entry.urn)) return 'second entries of one resource';
  if (isTooDeep(entry.inputs)) return `resources nested deeper than ${DEPTH} levels`;
  return hasTrap(entry.inputs) ? 'resources with a key named toString or valueOf' : null;
}

function resourceOf(entry: TreeMap): Resource {
  const { urn, type, inputs, protect, parent, dependencies, provider, retainOnDelete } = entry;
  return {
    urn: String(urn),
    type: String(type),
    name: String(urn).split('::').slice(3).join('::') || String(urn),
    props: isMap(inputs) ? blinded(inputs) : {},
    options: {
      protect: protect === true,
      parent: typeof parent === 'string' ? parent : '',
      dependencies: isList(dependencies) ? dependencies.filter((each) => typeof each === 'string') : [],
      provider: typeof provider === 'string' ? provider.split('::').slice(0, 4).join('::') : '',
      retainOnDelete: retainOnDelete === true,
    },
  };
}

/** A secret is told to nobody: it is read as one whose value is hidden, and never compared as the text that stands for it. */
function blinded(value: Tree): Tree {
  if (value === BLINDED) return ENVELOPE;
  if (isList(value)) return value.map(blinded);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, child]) => [key, blinded(child)])) : value;
}
