import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Output, ProviderResource, Resource } from '@pulumi/pulumi';
import type { Hooks } from '../components/base.ts';
import { kubernetesProvider } from '../components/kubernetes/provider.ts';
import { ArgsError } from '../runtime/errors.ts';
import { buildFoundation } from './foundation.ts';
import { makeHooks } from './hooks.ts';
import { buildPlatform } from './platform.ts';
import { type Built, type FoundationOutputs, foundationOf, type PlatformOutputs, platformOf } from './refs.ts';
import { clusterNameOf, tagsOf } from './settings/derived.ts';
import type { Settings } from './settings/settings-file.ts';
import { type StackSettings, stackSettings } from './settings.ts';
import { buildTenants } from './tenants.ts';

/** What a stack tells other stacks, and people: of the layers that it builds. */
export interface EnvironmentOutputs {
  readonly foundation?: FoundationOutputs;
  readonly platform?: PlatformOutputs;
  /** Where there are tenants: what their models are rendered with. */
  readonly models?: PlatformOutputs['models'];
}

/**
 * The program of every stack: the layers that `weir:layers` names, each fed by the one below it, in process or from the stack that
 * `weir:upstream` names. `pulumi up`, `weir plan` and `weir rehearse` run this.
 */
export function environment(): EnvironmentOutputs {
  const given = stackSettings();
  const { settings } = given;
  const hooks = makeHooks({ region: settings.region, clusterName: clusterNameOf(settings) });
  const stage: Stage = { given, hooks, cloud: { providers: [awsOf(settings)] } };
  const has = (layer: Settings['layers'][number]): boolean => settings.layers.includes(layer);
  const foundation = has('foundation') ? buildFoundation(given, stage.cloud, hooks) : null;
  const outputs = foundation === null ? {} : { foundation: foundation.outputs };
  if (!has('platform') && !has('tenants')) return outputs;

  const { platform, inside } = has('platform') ? platformHere(stage, foundation ?? foundationOf(upstreamOf(given), settings)) : platformThere(stage);
  if (has('tenants')) buildTenants({ settings, platform: platform.outputs, cloud: stage.cloud, inside, after: platform.ready });
  return {
    ...outputs,
    ...(has('platform') ? { platform: platform.outputs } : {}),
    ...(has('tenants') ? { models: platform.outputs.models } : {}),
  };
}

/** What all layers share. */
interface Stage {
  readonly given: StackSettings;
  readonly hooks: Hooks;
  /** Options with the provider of AWS. */
  readonly cloud: ComponentResourceOptions & { readonly providers: ProviderResource[] };
}

interface BuiltInside {
  readonly platform: Built<PlatformOutputs>;
  /** Options with the providers of AWS and of Kubernetes. */
  readonly inside: ComponentResourceOptions;
}

function platformHere({ given: { settings }, hooks, cloud }: Stage, { outputs: foundation, ready }: Built<FoundationOutputs>): BuiltInside {
  const inside = insideOf(settings, cloud, foundation.cluster, ready);
  return { platform: buildPlatform({ settings, foundation, hooks, cloud, inside }, ready), inside };
}

function platformThere({ given, cloud }: Stage): BuiltInside {
  const platform = platformOf(upstreamOf(given), given.settings);
  return { platform, inside: insideOf(given.settings, cloud, platform.outputs.cluster, []) };
}

/** The one provider of Kubernetes in a stack: what lies in the cluster goes before what the provider depends on. */
function insideOf(
  { environment }: Settings,
  { providers }: Stage['cloud'],
  { kubeconfig, arn }: Readonly<Record<'kubeconfig' | 'arn', Output<string>>>,
  ready: readonly Resource[],
): ComponentResourceOptions {
  const connection = { kubeconfig, clusterArn: arn };
  return { providers: [...providers, kubernetesProvider(`${environment}-kubernetes`, connection, { dependsOn: [...ready] })] };
}

/** The one provider of AWS in a stack: it refuses credentials of any other account, and tags everything. */
function awsOf(settings: Settings): aws.Provider {
  const { region, account } = settings;
  return new aws.Provider(`${settings.environment}-aws`, { region, allowedAccountIds: [account], defaultTags: { tags: tagsOf(settings) } });
}

function upstreamOf({ settings }: StackSettings): string {
  if (settings.upstream !== undefined) return settings.upstream;
  throw new ArgsError('weir:upstream', 'is missing: this stack does not build the foundation', 'Name the stack that does.');
}
