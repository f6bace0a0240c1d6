import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions } from '@pulumi/pulumi';
import { ArgsError } from '../runtime/errors.ts';
import { type BuiltFoundation, buildFoundation } from './foundation.ts';
import { makeHooks } from './hooks.ts';
import { buildPlatform } from './platform.ts';
import { foundationOf } from './refs.ts';
import { clusterNameOf, tagsOf } from './settings/derived.ts';
import type { Settings } from './settings/settings-file.ts';
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
  const options = { providers: [awsOf(given.settings)] };
  const foundation = given.settings.layers.includes('foundation') ? foundationHere(given, options) : foundationOf(upstreamOf(given), given.settings);
  if (given.settings.layers.includes('platform')) buildPlatform(given, foundation, options);
  return given.settings.layers.includes('foundation') ? { foundation: foundation.outputs } : {};
}

/** The one provider of AWS in a stack: it refuses credentials of any other account, and tags everything. */
function awsOf(settings: Settings): aws.Provider {
  const { region, account } = settings;
  return new aws.Provider(`${settings.environment}-aws`, { region, allowedAccountIds: [account], defaultTags: { tags: tagsOf(settings) } });
}

function foundationHere(given: StackSettings, options: ComponentResourceOptions): BuiltFoundation {
  const hooks = makeHooks({ region: given.settings.region, clusterName: clusterNameOf(given.settings) });
  return buildFoundation(given, options, hooks);
}

function upstreamOf({ settings }: StackSettings): string {
  if (settings.upstream !== undefined) return settings.upstream;
  throw new ArgsError('weir:upstream', 'is missing: this stack does not build the foundation', 'Name the stack that does.');
}
