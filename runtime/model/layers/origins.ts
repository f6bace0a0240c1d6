import type { Path } from '../read/locate.ts';
import { pathText } from '../read/locate.ts';
import type { Layered } from './effective.ts';
import type { Layer, Origin, Origins } from './origin.ts';
import { isList, isMap, own, type Tree } from './tree.ts';

/** How the places of the files are named: `line 5`, `tenants/payments/tenant.yaml:7`. */
export interface Words {
  readonly profile: string;
  file(path: Path): string;
  tenant(path: Path): string;
}

/**
 * Where each value of an effective spec comes from, by its path. A list of plain values is one value, as is an empty list or map. Of lists only
 * the uppermost counts; what its items leave out comes from the platform, from the preset's step, or from another field.
 */
export function originsOf(layered: Layered, words: Words): Origins {
  const origins = new Map<string, Origin>();
  const derived = new Map(layered.derived.map(({ path, from }) => [pathText(path), from]));
  const visit = (value: Tree, path: Path, layers: readonly Present[], from: string | undefined): void => {
    const because = derived.get(pathText(path)) ?? from;
    if (isLeaf(value)) {
      origins.set(pathText(path), originOf(path, layers, because, layered, words));
      return;
    }
    const top = isList(value) ? layers.slice(-1) : layers;
    const entries: readonly (readonly [string | number, Tree])[] = isList(value) ? [...value.entries()] : Object.entries(value ?? {});
    for (const [key, child] of entries) visit(child, [...path, key], below(top, key), because);
  };
  visit(
    layered.model,
    [],
    layered.layers.map(({ layer, tree }) => ({ layer, value: tree })),
    undefined,
  );
  return origins;
}

/** A layer that has something at the place being visited, the lowest first. */
interface Present {
  readonly layer: Layer;
  readonly value: Tree;
}

function below(layers: readonly Present[], key: string | number): readonly Present[] {
  return layers.flatMap(({ layer, value }) => {
    const child = own(value, key);
    return child === undefined ? [] : [{ layer, value: child }];
  });
}

/** A scalar, an empty list or map, or a list of scalars. */
export function isLeaf(value: Tree): value is string | number | boolean | null | readonly (string | number | boolean)[] {
  if (isList(value)) return value.every((item) => !isList(item) && !isMap(item));
  return !isMap(value) || Object.keys(value).length === 0;
}

function originOf(path: Path, layers: readonly Present[], because: string | undefined, layered: Layered, words: Words): Origin {
  const top = layers.at(-1);
  if (because !== undefined && (top === undefined || derivedOver(layered, path))) return { layer: 'derived', text: `from ${because}` };
  if (top === undefined) return unsaid(path, layered);
  return { layer: top.layer, text: said(top.layer, path, layered, words) };
}

const derivedOver = ({ derived }: Layered, path: Path): boolean => derived.some((one) => one.over === true && pathText(one.path) === pathText(path));

function said(layer: Layer, path: Path, { choice }: Layered, words: Words): string {
  if (layer === 'file') return words.file(path);
  if (layer === 'tenant') return words.tenant(path);
  return layer === 'profile' ? `profile ${words.profile}` : `preset ${choice.preset}`;
}

/** What no layer says and no rule gave: a limit of a guard, a step's field, else the platform's default. */
function unsaid(path: Path, { model, choice }: Layered): Origin {
  const [section, list, index, key] = path;
  if (section === 'rollout' && list === 'guards' && typeof index === 'number' && (key === 'floor' || key === 'max')) {
    const event = model.rollout.guards[index]?.event;
    if (event === 'error') return { layer: 'derived', text: 'from slo.availability' };
    if (event === 'slow') return { layer: 'derived', text: 'from slo.latency.quantile' };
  }
  if (section === 'rollout' && list === 'steps') return { layer: 'preset', text: `preset ${choice.preset}` };
  return { layer: 'platform', text: 'platform default' };
}
