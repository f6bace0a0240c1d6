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
    const { host, path } = routeOf(loaded);
    const paths = hosts.get(host) ?? new Map<string, LoadedModel>();
    hosts.set(host, paths);
    if (!paths.has(path)) paths.set(path, loaded);
  }
  return folder.models.flatMap((loaded): readonly Problem[] => {
    const { host, path } = routeOf(loaded);
    const other = [...prefixesOf(path)].map((prefix) => hosts.get(host)?.get(prefix)).find((found) => found !== undefined && found !== loaded);
    return other === undefined ? [] : [conflict(loaded, other)];
  });
}

const isUsual = ({ model }: LoadedModel): boolean => model.route.host === undefined && model.route.path === `/v2/models/${model.model}`;

/** Without a host of its own a model answers on its tenant's; nobody calls a model of a table or a topic. */
function routeOf({ model }: LoadedModel): { readonly host: string; readonly path: string } {
  const called = model.pattern === 'online' || model.pattern === 'async';
  return {
    host: called ? (model.route.host ?? `tenant ${model.tenant}`) : `nobody ${model.tenant}`,
    path: called ? model.route.path : `/${model.model}`,
  };
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
