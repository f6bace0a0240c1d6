import { canonicalJson, sha256Of } from '../../canonical-json.ts';
import { ArgsError } from '../../errors.ts';
import type { FeatureReference, Reference } from '../types.ts';
import { zoneName } from './zone.ts';

/** `sha256:` + hex of the canonical JSON: the identity that profiles and verdicts name. */
export function referenceId(reference: Reference): string {
  return sha256Of(encodeReference(reference));
}

/** Canonical JSON text; the lowest edge is the string "-Infinity", which JSON has no number for. */
export function encodeReference(reference: Reference): string {
  const features = reference.features.map((feature) => (feature.kind === 'numeric' ? { ...feature, edges: edgesToJson(feature.edges) } : feature));
  return canonicalJson({ ...reference, features });
}

/** Throws ArgsError for text that is no reference; `where` names the file. */
export function decodeReference(text: string, where = 'reference.json'): Reference {
  let value: Reference | null; // what a reference should be; checked below, as it comes from a disk
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ArgsError(where, 'is not JSON', 'Register the version again: its reference is built at registration.', { cause });
  }
  if (value?.kind !== 'weir.drift/Reference' || value.v !== 1 || !Array.isArray(value.features)) {
    throw new ArgsError(where, 'is not a weir.drift/Reference of version 1', 'Register the version again: its reference is built at registration.');
  }
  if (typeof value.slotZone !== 'string' || zoneName(value.slotZone) === null) {
    throw new ArgsError(where, `slotZone "${value.slotZone}" is no time zone of this machine`, 'Register the version again, with --zone.');
  }
  return { ...value, features: value.features.map((feature) => decodeFeature(feature, where)) };
}

function decodeFeature(feature: FeatureReference, where: string): FeatureReference {
  if (feature.kind !== 'numeric') return feature;
  const edges = feature.edges.map((edge) => (String(edge) === '-Infinity' ? -Infinity : edge));
  if (edges.some((edge, index) => typeof edge !== 'number' || (index > 0 && !(edge > (edges[index - 1] ?? edge))))) {
    throw new ArgsError(where, `${feature.name}: edges are not strictly ascending numbers`, 'Register the version again.');
  }
  return { ...feature, edges };
}

/** Edges as JSON can say them. */
export function edgesToJson(edges: readonly number[]): (number | '-Infinity')[] {
  return edges.map((edge) => (edge === -Infinity ? '-Infinity' : edge));
}

/** Names the bins of a numeric feature: equal edges, equal counts to compare. */
export function edgesId(edges: readonly number[]): string {
  return sha256Of(canonicalJson(edgesToJson(edges)));
}
