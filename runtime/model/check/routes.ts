import type { LoadedModel } from '../loaded.ts';
import { atValue } from '../read/locate.ts';
import type { Problem } from '../read/problem.ts';
import { placeText, type World } from './world.ts';

/**
 * One host and path, one model. Of two routes the gateway keeps the older and drops the younger silently (10-rollout, 9), and a path below
 * another's takes some of its requests away.
 */
export function checkRoutes({ folder }: World): readonly Problem[] {
  const hosts = new Map<string, Map<string, LoadedModel>>();
  const usual = folder.models.filter(isUsual);
  const ordered = [...usual, ...folder.models.filter((loaded) => !isUsual(loaded))]; // who says a path of its own can change it
  for (const loaded of ordered) {
    const { hosts: own, path } = routeOf(loaded);
    for (const host of own) {
      const paths = hosts.get(host) ?? new Map<string, LoadedModel>();
      hosts.set(host, paths);
      if (!paths.has(path)) paths.set(path, loaded);
    }
  }
  return folder.models.flatMap((loaded): readonly Problem[] => {
    const { seen, above, path } = routeOf(loaded);
    const at = (host: string, prefixes: readonly string[]) => prefixes.map((prefix) => hosts.get(host)?.get(prefix));
    const [whole = '', ...shorter] = prefixesOf(path);
    const other = [...seen.flatMap((host) => at(host, [whole, ...shorter])), ...above.flatMap((host) => at(host, shorter))].find(
      (found) => found !== undefined && found !== loaded,
    );
    return other === undefined ? [] : [conflict(loaded, other)];
  });
}

const isUsual = ({ model }: LoadedModel): boolean => model.route.host === undefined && model.route.path === `/v2/models/${model.model}`;

interface Routed {
  /** What it is entered under. */
  readonly hosts: readonly string[];
  /** Where others would be in its way. */
  readonly seen: readonly string[];
  /** Where only one above it would be: one of the same path is told of it. */
  readonly above: readonly string[];
  readonly path: string;
}

/**
 * Without a host of its own a model answers on its tenant's, whose domain only the environment knows: any `<tenant>.…` that a file writes out may
 * be the same. Nobody calls a model of a table or a topic.
 */
function routeOf({ model: { tenant, model, pattern, route } }: LoadedModel): Routed {
  const [usual, written] = [`tenant ${tenant}`, `tenant ${tenant}, written out`];
  if (pattern !== 'online' && pattern !== 'async') return { hosts: [], seen: [], above: [], path: `/${model}` };
  const { host, path } = route;
  if (host === undefined) return { hosts: [usual], seen: [usual], above: [written], path };
  const isOwn = host.startsWith(`${tenant}.`);
  return { hosts: isOwn ? [host, written] : [host], seen: isOwn ? [host, usual] : [host], above: [], path };
}

/** `/v2/models/fraud`, `/v2/models`, `/v2`: the gateway matches whole parts. */
function* prefixesOf(path: string): Generator<string> {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) yield path.slice(0, end);
}

function conflict(loaded: LoadedModel, other: LoadedModel): Problem {
  const { path } = routeOf(loaded);
  const taken = routeOf(other).path;
  const at = placeText(other.locate(atValue(['route', 'path'], '', '')));
  const who = `${other.model.tenant}/${other.model.model} (${at})`;
  const host = loaded.model.route.host ?? `${loaded.model.tenant}.<domain>`;
  const problem = path === taken ? `${host}${path} is the route of ${who} already` : `${host}${path} lies below ${taken} of ${who}`;
  return loaded.locate(atValue(['route', 'path'], problem, 'Give one of the two another path or host.'));
}
