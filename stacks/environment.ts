import * as aws from '@pulumi/aws';
import { ArgsError } from '../runtime/errors.ts';
import { type BuiltFoundation, buildFoundation } from './foundation.ts';
import { makeHooks } from './hooks.ts';
import { buildPlatform } from './platform.ts';
import { foundationOf } from './refs.ts';
import { clusterNameOf, tagsOf } from './settings/derived.ts';
import { type StackSettings, stackSettings } from './settings.ts';

/** What a stack tells other stacks, and people. */
export interface EnvironmentOutputs {
  readonly foundation?: BuiltFoundation['outputs'];
}

/**
 * The program of every stack: the layers that `weir:layers` names, each fed by the one below it, in process or from the stack that
 * `weir:upstream` names. `pulumi up`, `weir plan` and `weir rehearse` run this.
 */
export function environment(): EnvironmentOutputs {
  const given = stackSettings();
  const foundation = given.settings.layers.includes('foundation') ? foundationHere(given) : foundationOf(upstreamOf(given));
  if (given.settings.layers.includes('platform')) buildPlatform(given, foundation);
  return given.settings.layers.includes('foundation') ? { foundation: foundation.outputs } : {};
}

function foundationHere(given: StackSettings): BuiltFoundation {
  const { settings } = given;
  const provider = new aws.Provider(`${settings.environment}-aws`, {
    region: settings.region,
    allowedAccountIds: [settings.account],
    defaultTags: { tags: tagsOf(settings) },
  });
  const hooks = makeHooks({ region: settings.region, clusterName: clusterNameOf(settings) });
  return buildFoundation(given, { providers: [provider] }, hooks);
}

function upstreamOf({ settings }: StackSettings): string {
  if (settings.upstream !== undefined) return settings.upstream;
  throw new ArgsError('weir:upstream', 'is missing: this stack does not build the foundation', 'Name the stack that does.');
}
