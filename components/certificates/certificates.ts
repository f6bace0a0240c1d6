import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Inputs, Resource } from '@pulumi/pulumi';
import { certManagerValues } from '../../charts/values/cert-manager.ts';
import { Component } from '../base.ts';
import { PodRole } from '../identity/pod-role.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { READY } from '../kubernetes/ready.ts';
import { release } from '../release.ts';
import {
  AUTHORITY_SECRET,
  authoritySpec,
  CERT_MANAGER_API,
  ISSUERS,
  type PublicIssuer,
  publicIssuerSpec,
  publicIssuerStatements,
  SELF_SIGNED,
} from './issuers.ts';
import type { CertificatesArgs } from './plan.ts';

const NAMESPACE = NAMESPACES.certificates;
/** Of the controller, as the chart names it. */
const SERVICE_ACCOUNT = 'cert-manager';

/**
 * cert-manager, Weir's own authority (`ISSUERS.own`) and, where asked for, Let's Encrypt (`ISSUERS.public`).
 * @example new Certificates('prod-certificates', { clusterName, rolePrefix: 'weir-prod', account, partition: 'aws', replicas: 2, ownNodes: true, after }, { providers })
 */
export class Certificates extends Component {
  /** The controller and its issuers: whoever asks for a certificate comes after them, and goes before them (30-platform D6). */
  readonly ready: readonly Resource[];

  constructor(name: string, args: CertificatesArgs, options?: ComponentResourceOptions) {
    super('weir:certificates:Certificates', name, {}, options);

    const published = args.publicIssuer === undefined ? [] : [args.publicIssuer];
    const roles = published.map((issuer) => this.#role(`${name}-role`, issuer, args));
    const values = certManagerValues({ namespace: NAMESPACE, replicas: args.replicas, ownNodes: args.ownNodes });
    const rights = roles.flatMap(({ ready }) => ready);
    const given = { chart: 'cert-manager' as const, namespace: NAMESPACE, values };
    const controller = release(`${name}-release`, given, this.child({ dependsOn: [...args.after, ...rights] }));

    const selfSigned = this.#issuer(`${name}-self-signed`, SELF_SIGNED, { selfSigned: {} }, [controller]);
    const certificate = { name: AUTHORITY_SECRET, namespace: NAMESPACE, annotations: READY };
    const authority = new k8s.apiextensions.CustomResource(
      `${name}-authority`,
      { apiVersion: CERT_MANAGER_API, kind: 'Certificate', metadata: certificate, spec: authoritySpec },
      this.child({ dependsOn: [selfSigned] }),
    );
    const own = this.#issuer(`${name}-own`, ISSUERS.own, { ca: { secretName: AUTHORITY_SECRET } }, [authority]);
    const others = published.map((issuer) => this.#issuer(`${name}-public`, ISSUERS.public, publicIssuerSpec(issuer), [controller]));

    this.ready = [controller, own, ...others];
    this.registerOutputs();
  }

  #issuer(name: string, issuer: string, spec: Inputs, dependsOn: Resource[]): Resource {
    const metadata = { name: issuer, annotations: READY };
    const given = { apiVersion: CERT_MANAGER_API, kind: 'ClusterIssuer', metadata, spec };
    return new k8s.apiextensions.CustomResource(name, given, this.child({ dependsOn }));
  }

  /** For the controller alone: webhook and injector call nothing outside. */
  #role(name: string, issuer: PublicIssuer, { rolePrefix, account, partition, clusterName }: CertificatesArgs): PodRole {
    const pods = { clusterName, namespace: NAMESPACE, serviceAccounts: [SERVICE_ACCOUNT] };
    const statements = publicIssuerStatements(issuer, partition);
    return new PodRole(name, { roleName: `${rolePrefix}-cert-manager`, account, pods, statements }, this.child());
  }
}
