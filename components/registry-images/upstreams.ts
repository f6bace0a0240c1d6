/** Public registries that ECR can stand in front of (ECR user guide, "Sync an upstream registry", 2026-11); nvcr.io is none of them. */
export type Upstream = 'ecrPublic' | 'kubernetes' | 'quay' | UpstreamWithUser;

/** Registries that let nobody pull through without a user. */
export type UpstreamWithUser = 'dockerHub' | 'github';

/** Where images come from, and where they lie; short, since a prefix has at most 30 characters and an environment's name up to 20 of them. */
interface UpstreamRegistry {
  readonly host: string;
  readonly cache: string;
  readonly user?: UpstreamWithUser;
}

/** By the word of the settings. */
export const UPSTREAMS: Readonly<Record<Upstream, UpstreamRegistry>> = {
  ecrPublic: { host: 'public.ecr.aws', cache: 'aws' },
  kubernetes: { host: 'registry.k8s.io', cache: 'k8s' },
  quay: { host: 'quay.io', cache: 'quay' },
  dockerHub: { host: 'registry-1.docker.io', cache: 'hub', user: 'dockerHub' },
  github: { host: 'ghcr.io', cache: 'ghcr', user: 'github' },
};
