import * as pulumi from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import type { FoundationOutputs, PlatformOutputs } from '../refs.ts';
import type { Settings } from '../settings/settings-file.ts';
import { FEATURE_SERVER, PROMETHEUS } from './addresses.ts';

/** What models are rendered with. The rules of the settings have seen that domain and digests are said. */
export function modelsOutputs(settings: Settings, { images, buckets, kafka }: FoundationOutputs): PlatformOutputs['models'] {
  const { gateway, network } = settings;
  const digests = digestsOf(settings);
  if (gateway.domain === undefined) throw new ArgsError('gateway.domain', 'is missing', 'Name the domain that models answer below.');
  return {
    domain: pulumi.output(gateway.domain),
    region: pulumi.output(settings.region),
    servingBucket: buckets.serving,
    kafka: kafka.bootstrapBrokers,
    weirImage: pulumi.interpolate`${images.weir}@${digests.weir}`,
    tritonImage: pulumi.interpolate`${images.tritonserver}@${digests.triton}`,
    vllmImage: pulumi.interpolate`${images['vllm-openai']}@${digests.vllm}`,
    prometheus: pulumi.output(PROMETHEUS),
    featureServer: pulumi.output(FEATURE_SERVER),
    egressCidrs: pulumi.output([network.cidr, POD_RANGE, ...network.egressCidrs]),
    zones: pulumi.output(network.zones.length),
  };
}

/** Nodes and pods live in it, in every environment (30-platform, 2.1). */
const POD_RANGE = '100.64.0.0/16';

/** Which image of each repository runs. */
export function digestsOf({ images: { digests } }: Settings): NonNullable<Settings['images']['digests']> {
  if (digests !== undefined) return digests;
  throw new ArgsError('images.digests', 'is missing', 'Name the digests that the push of the images printed.');
}
