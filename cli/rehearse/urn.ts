/** The resource's own type: a URN has those of its parents before it. */
export function typeOf(urn: string): string {
  return urn.split('::')[2]?.split('$').at(-1) ?? '';
}

export function nameOf(urn: string): string {
  return urn.split('::').at(-1) ?? '';
}

/** As a person reads it: `aws:ec2/vpc:Vpc prod-network-vpc`. */
export function wordsOf(urn: string): string {
  return `${typeOf(urn)} ${nameOf(urn)}`;
}

/** The topic of the component around it, `network`; the package of one that stands alone, `random`. */
export function topicOf(urn: string): string {
  const types = urn.split('::')[2]?.split('$') ?? [];
  const component = types.find((type) => type.startsWith('weir:'));
  return (component ?? types.at(-1) ?? '').split(':')[component === undefined ? 0 : 1] ?? '';
}
