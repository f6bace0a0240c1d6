import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Finding } from '../../../policies/judge.ts';
import { keyOf } from '../../../policies/resource.ts';
import { isMap } from '../../../runtime/model/layers/tree.ts';
import { atValue } from '../../../runtime/model/read/locate.ts';
import { problemAt } from '../../../runtime/model/read/yaml.ts';
import type { StackFile } from '../../plan/stack-file.ts';
import { tenantReader } from '../../plan/tenants/planned.ts';
import type { Place, Source } from '../source.ts';
import { RECORDED_TELLS, type RecordedStack, recordedResources } from './recorded.ts';

export interface PlannedStack extends RecordedStack {
  readonly stackFile: StackFile;
  /** The folder of the tenants' files. */
  readonly tenants: string;
}

type Told = Pick<Finding, 'rule' | 'resource' | 'path'>;

/** A stack as `weir plan` records it: findings are told at the setting, the tenant's or the model's file that caused them. */
export function plannedSource(planned: PlannedStack): Source {
  const { stackFile, recording, tenants } = planned;
  const { stack, applied } = recordedResources(planned);
  const owners = new Map(applied.map(({ resource, tenant, model }) => [resource.urn, { tenant, model }]));
  const tenantOf = tenantReader(recording.graph);
  const places = new Places();
  const ofModel = (tenant: string, model: string, path: string): Place | null =>
    places.at(join(tenants, tenant, 'models', `${model}.yaml`), path.replace(/^spec\.?/, '').split('.'));
  const ofTenant = (tenant: string): Place | null => places.at(join(tenants, tenant, 'tenant.yaml'), ['tenant']);
  const placeOf = ({ rule, resource, path }: Told): Place | null => {
    const owner = owners.get(resource.urn);
    if (owner !== undefined) return owner.model === null ? ofTenant(owner.tenant) : ofModel(owner.tenant, owner.model, 'model');
    const node = recording.graph.get(resource.urn);
    if (node === undefined) return null;
    const { spec } = node.inputs;
    if (keyOf(node.type) === 'weir.dev/Model' && isMap(spec)) return ofModel(String(spec.tenant), String(spec.model), path);
    const tenant = tenantOf(node);
    if (tenant !== null) return ofTenant(tenant);
    const said = rule.settings?.find((setting) => isSaid(stackFile, setting));
    return places.at(stackFile.file, settingPath(said ?? 'profile')); // what the file does not say comes from the profile
  };
  return {
    title: `stack ${stackFile.stack}`,
    resources: [...stack, ...applied.map(({ resource }) => resource)],
    tells: RECORDED_TELLS,
    placeOf,
    skipped: [],
  };
}

/** Whether the file says a setting, or a part of it: a default stands at no line. */
function isSaid({ values }: StackFile, setting: string): boolean {
  let at: unknown = values;
  for (const key of setting.split('.')) at = isMap(at) ? at[key] : undefined;
  return at !== undefined;
}

function settingPath(setting: string): readonly string[] {
  const [section = '', ...rest] = setting.split('.');
  return ['config', `weir:${section}`, ...rest];
}

/** Lines of files that are read once. */
class Places {
  readonly #texts = new Map<string, string | null>();

  /** The line of the deepest part of the path that the file has; the file alone for a path of nothing, null when there is no such file. */
  at(file: string, path: readonly string[]): Place | null {
    const text = this.#text(file);
    if (text === null) return null;
    const named = relative('', file);
    const told = named.startsWith('..') ? file : named;
    if (path.filter((key) => key !== '').length === 0) return { file: told };
    const { line, column } = problemAt(told, text, atValue(path, '', ''));
    return { file: told, line, column };
  }

  #text(file: string): string | null {
    const known = this.#texts.get(file);
    if (known !== undefined) return known;
    const text = existsSync(file) ? readFileSync(file, 'utf8') : null;
    this.#texts.set(file, text);
    return text;
  }
}
