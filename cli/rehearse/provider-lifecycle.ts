import plugin from '@pulumi/pulumi/proto/plugin_pb.js';
import provider from '@pulumi/pulumi/proto/provider_pb.js';
import { differenceOf } from './difference.ts';
import { empty, method, toValues } from './grpc.ts';
import type { ProviderPackage } from './packages.ts';
import { typeOf } from './urn.ts';

/*
 * What stand-ins of every provider answer alike, whatever they do with resources.
 */

/** What is asked once: how the plugin is called, and that every configuration is fine. */
export function lifecycle({ version }: ProviderPackage) {
  return {
    handshake: method(() => {
      const answer = new provider.ProviderHandshakeResponse();
      answer.setAcceptSecrets(true);
      answer.setAcceptResources(true);
      return answer;
    }),
    attach: method(empty),
    cancel: method(empty),
    getPluginInfo: method(() => {
      const info = new plugin.PluginInfo();
      info.setVersion(version);
      return info;
    }),
    checkConfig: method(accepted),
    diffConfig: method(difference),
    configure: method(() => {
      const answer = new provider.ConfigureResponse();
      answer.setSupportspreview(true);
      answer.setAcceptsecrets(true);
      answer.setAcceptresources(true);
      return answer;
    }),
    invoke: method((request: InstanceType<typeof provider.InvokeRequest>) => {
      throw new Error(`${request.getTok()} asks a cloud while planning: a component makes it a setting instead`);
    }),
  };
}

type DiffRequest = InstanceType<typeof provider.DiffRequest>;

/** Every input is fine. */
export function accepted(request: InstanceType<typeof provider.CheckRequest>) {
  const answer = new provider.CheckResponse();
  answer.setInputs(request.getNews());
  return answer;
}

/** What changed between two sets of inputs, and what of it replaces the resource. */
export function difference(request: DiffRequest): InstanceType<typeof provider.DiffResponse> {
  const { changed, replacing } = differenceOf(typeOf(request.getUrn()), toValues(request.getOldInputs()), toValues(request.getNews()));
  const answer = new provider.DiffResponse();
  const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
  answer.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
  answer.setDiffsList([...changed]);
  answer.setReplacesList([...replacing]);
  return answer;
}
