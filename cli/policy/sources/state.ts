import { ArgsError } from '../../../runtime/errors.ts';
import { isList, isMap } from '../../../runtime/model/layers/tree.ts';
import type { Source } from '../source.ts';
import { type JsonFile, readJsonFile, wrongKind } from './json-file.ts';
import { STATE_TELLS, stackResources } from './stack-resource.ts';

const REMEDY = 'Make it anew: `pulumi stack export > state.json`.';
/** 3 since Pulumi 1.0; 4 where a stack uses hooks or other newer features (pulumi/pulumi, sdk/go/common/apitype/deployments.go). */
const VERSIONS: readonly unknown[] = [3, 4];

/** What `pulumi stack export` wrote. Secrets stay in their envelopes: nothing is decrypted, and no rule sees their value. @throws ArgsError */
export async function readState(file: string): Promise<Source> {
  const json = await readJsonFile(file, REMEDY);
  if (json.kind !== 'state') throw wrongKind(json, 'state of Pulumi', REMEDY);
  return {
    title: json.name,
    ...stackResources(json.name, entriesOf(json), REMEDY),
    tells: STATE_TELLS,
    placeOf: () => ({ file: json.name }),
  };
}

function entriesOf({ name, data: { version, deployment } }: JsonFile) {
  if (typeof version !== 'number') throw new ArgsError(name, 'says no version of its form', REMEDY);
  if (!VERSIONS.includes(version)) {
    const old = version < 3;
    const remedy = old ? 'Export it again with a Pulumi of today.' : 'Take a newer Weir, or export it with an older Pulumi.';
    throw new ArgsError(name, `is of version ${version}: ${VERSIONS.join(' and ')} are read`, remedy);
  }
  if (deployment === null) return []; // a stack that was never deployed
  if (!isMap(deployment)) throw new ArgsError(name, 'has a deployment that is none', REMEDY);
  const { resources = [] } = deployment;
  if (resources === null) return [];
  if (!isList(resources)) throw new ArgsError(name, 'has resources that are no list', REMEDY);
  return resources;
}
