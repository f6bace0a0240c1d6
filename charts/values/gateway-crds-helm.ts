import type { Inputs } from '@pulumi/pulumi';

/** Values of chart `gateway-crds-helm`: the kinds of Gateway API 1.6, in the channel that promises to stay, and Envoy Gateway's own. */
export function gatewayCrdsValues(): Inputs {
  return { crds: { gatewayAPI: { enabled: true, channel: 'standard' }, envoyGateway: { enabled: true } } };
}
