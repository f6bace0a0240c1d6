import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Inputs, Resource } from '@pulumi/pulumi';
import { gatewayValues } from '../../charts/values/gateway-helm.ts';
import { Component } from '../base.ts';
import { release } from '../release.ts';
import { GATEWAY_NAME, GATEWAY_NAMESPACE } from './addresses.ts';
import { CERTIFICATE, KINDS, type Kind, monitor } from './kinds.ts';
import { controllerMonitor, proxyMonitor } from './monitors.ts';
import { type PageOfPeople, pageGrant, pageRoute, pageSecurity } from './people-plan.ts';
import { type GatewayArgs, planGateway } from './plan.ts';
import { backendsSpec, callersSpec, certificateSpec, classSpec, clientsSpec, gatewaySpec } from './policies.ts';
import { NO_SPOT, proxiesSpec } from './proxies.ts';

/**
 * The way in. Going, the Gateway takes its proxies and their Service with it, which the controller does; the Load Balancer Controller then takes the load
 * balancer; and the controller stays until that is gone (30-platform D4, D6).
 * @example new Gateway('prod-gateway', { clusterName: 'weir-prod', domain: 'models.example.com', scheme: 'internal', certificate: { kind: 'issuer', name: 'weir' }, … }, { providers: [kubernetes] })
 */
export class Gateway extends Component {
  /** The Gateway with its policies: a route that is made after them is never open, not for a moment. */
  readonly ready: readonly Resource[];

  readonly #name: string;

  constructor(name: string, args: GatewayArgs, options?: ComponentResourceOptions) {
    const plan = planGateway(args); // before super: a refused argument must leave no half-registered component
    super('weir:gateway:Gateway', name, {}, options);
    this.#name = name;

    const given = { chart: 'gateway-helm' as const, namespace: GATEWAY_NAMESPACE, values: gatewayValues({ ...args, affinity: NO_SPOT }) };
    const hooks = { beforeDelete: [args.hooks.noBalancerLeft] };
    const controller = release(`${name}-release`, given, this.child({ dependsOn: [...args.after], hooks }));

    const proxies = this.#object('proxies', KINDS.proxies, proxiesSpec(args, plan), [controller]);
    const gatewayClass = this.#object('class', KINDS.class, classSpec, [proxies]);
    const certificates = plan.issuers.map((issuer) => this.#object('certificate', CERTIFICATE, certificateSpec(args.domain, issuer), [controller]));
    const policies = [
      this.#object('clients', KINDS.clients, clientsSpec(args), [controller]),
      this.#object('callers', KINDS.callers, callersSpec(args.callers), [controller]),
      this.#object('backends', KINDS.backends, backendsSpec(args), [controller]),
    ]; // before the Gateway: its first request already meets them
    const gateway = this.#object('gateway', KINDS.gateway, gatewaySpec(args, plan), [gatewayClass, ...certificates, ...policies]);
    const pages = plan.pages.flatMap((page) => this.#page(page, args, gateway));
    const monitors = [
      this.#object('proxy-metrics', monitor('proxies'), proxyMonitor(), [controller]),
      this.#object('controller-metrics', monitor('controller'), controllerMonitor(), [controller]),
    ];

    this.ready = [gateway, ...pages, ...monitors];
    this.registerOutputs();
  }

  /** A route, what lets it reach the page's namespace, and its sign-on, which is there before it. */
  #page(page: PageOfPeople, { domain, people }: GatewayArgs, gateway: Resource): readonly Resource[] {
    if (people === undefined) return [];
    const { name, namespace } = page;
    const grant = this.#object(`${name}-grant`, KINDS.grant, pageGrant(page), [gateway], { name: GATEWAY_NAME, namespace });
    const own = { name, namespace: GATEWAY_NAMESPACE };
    const security = this.#object(`${name}-sign-on`, KINDS.callers, pageSecurity(page, domain, people), [gateway, ...people.secretReady], own);
    return [this.#object(`${name}-route`, KINDS.route, pageRoute(page, domain), [grant, security], own)];
  }

  /** @param what Ends the resource's name. */
  #object(what: string, kind: Kind, spec: Inputs, dependsOn: Resource[], place?: { readonly name: string; readonly namespace: string }): Resource {
    const { apiVersion, kind: kindName, metadata = {} } = kind;
    const usual = { name: kind.name ?? GATEWAY_NAME, ...(kind.clusterWide === true ? {} : { namespace: GATEWAY_NAMESPACE }) };
    const given = { apiVersion, kind: kindName, metadata: { ...(place ?? usual), ...metadata }, spec };
    return new k8s.apiextensions.CustomResource(`${this.#name}-${what}`, given, this.child({ dependsOn }));
  }
}
