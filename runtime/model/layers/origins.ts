import { type Path, pathText } from '../read/locate.ts';
import type { Layered } from './effective.ts';
import type { Layer, Origin, Origins } from './origin.ts';
import { isList, isMap, own, type Tree } from './tree.ts';

/** How the places of the files are named: `line 5`, `tenants/payments/tenant.yaml:7`. Asked when an origin's text is read. */
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
  const present = layered.layers.map(({ layer, tree }) => ({ layer, value: tree }));
  const walk = new Walk(layered, words, origins);
  walk.visit(layered.model, { path: [], text: '', from: undefined, layers: present });
  return origins;
}

/** A scalar, an empty list or map, or a list of scalars. */
export function isLeaf(value: Tree): value is string | number | boolean | null | readonly (string | number | boolean)[] {
  if (isList(value)) return value.every((item) => !isList(item) && !isMap(item));
  return !isMap(value) || Object.keys(value).length === 0;
}

/** A layer that has something at the place being visited. */
interface Present {
  readonly layer: Layer;
  readonly value: Tree;
}

interface Place {
  readonly path: Path;
  /** The path as messages write it. */
  readonly text: string;
  /** What the value follows from, when it or anything above it is derived. */
  readonly from: string | undefined;
  /** The lowest first. */
  readonly layers: readonly Present[];
}

class Walk {
  readonly #layered: Layered;
  readonly #words: Words;
  readonly #origins: Map<string, Origin>;
  readonly #derived: ReadonlyMap<string, { readonly from: string; readonly over: boolean }>;

  constructor(layered: Layered, words: Words, origins: Map<string, Origin>) {
    this.#layered = layered;
    this.#words = words;
    this.#origins = origins;
    this.#derived = new Map(layered.derived.map(({ path, from, over = false }) => [pathText(path), { from, over }]));
  }

  visit(value: Tree, place: Place): void {
    const from = this.#derived.get(place.text)?.from ?? place.from;
    if (isLeaf(value)) {
      this.#origins.set(place.text, this.#origin({ ...place, from }));
      return;
    }
    const layers = isList(value) ? place.layers.slice(-1) : place.layers;
    const entries: readonly (readonly [string | number, Tree])[] = isList(value) ? [...value.entries()] : Object.entries(value ?? {});
    for (const [key, child] of entries) {
      const text = typeof key === 'number' ? `${place.text}[${key}]` : place.text === '' ? key : `${place.text}.${key}`;
      this.visit(child, { path: [...place.path, key], text, from, layers: below(layers, key) });
    }
  }

  #origin({ path, text, from, layers }: Place): Origin {
    const top = layers.at(-1);
    if (from !== undefined && (top === undefined || this.#derived.get(text)?.over === true)) return { layer: 'derived', text: `from ${from}` };
    if (top === undefined) return this.#unsaid(path);
    if (text === 'rollout.preset' && top.layer === 'preset') return this.#chosen();
    const { layer } = top;
    const said = (): string => this.#said(layer, path);
    return {
      layer,
      get text() {
        return said(); // looking a line up takes longer than all the rest
      },
    };
  }

  /** The preset's name, where no layer says it. */
  #chosen(): Origin {
    const { from } = this.#layered.choice;
    return from === '' ? { layer: 'platform', text: 'platform default' } : { layer: 'derived', text: `from ${from}` };
  }

  #said(layer: Layer, path: Path): string {
    if (layer === 'file') return this.#words.file(path);
    if (layer === 'tenant') return this.#words.tenant(path);
    return layer === 'profile' ? `profile ${this.#words.profile}` : `preset ${this.#layered.choice.preset}`;
  }

  /** What no layer says and no rule gave: a limit of a guard, a step's field, else the platform's default. */
  #unsaid([section, list, index, key]: Path): Origin {
    const { model, choice } = this.#layered;
    if (section === 'rollout' && list === 'guards' && typeof index === 'number' && (key === 'floor' || key === 'max')) {
      const event = model.rollout.guards[index]?.event;
      if (event === 'error') return { layer: 'derived', text: 'from slo.availability' };
      if (event === 'slow') return { layer: 'derived', text: 'from slo.latency.quantile' };
    }
    if (section === 'rollout' && list === 'steps') return { layer: 'preset', text: `preset ${choice.preset}` };
    return { layer: 'platform', text: 'platform default' };
  }
}

function below(layers: readonly Present[], key: string | number): readonly Present[] {
  const result: Present[] = [];
  for (const { layer, value } of layers) {
    const child = own(value, key);
    if (child !== undefined) result.push({ layer, value: child });
  }
  return result;
}
