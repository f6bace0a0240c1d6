/** What a V2 path asks for. `version` is null when the path names none. */
export type V2Path = V2Question | (ModelPath & { readonly kind: 'infer' });

/** What is answered without a model's work. */
export type V2Question = { readonly kind: 'server' | 'live' | 'ready' } | (ModelPath & { readonly kind: 'model' | 'modelReady' });

interface ModelPath {
  readonly model: string;
  readonly version: string | null;
}

const SERVER: Readonly<Record<string, V2Path>> = {
  '/v2': { kind: 'server' },
  '/v2/': { kind: 'server' },
  '/v2/health/live': { kind: 'live' },
  '/v2/health/ready': { kind: 'ready' },
};

/** Reads a path without its query; null when V2 has no such path. */
export function parsePath(path: string): V2Path | null {
  if (Object.hasOwn(SERVER, path)) return SERVER[path] ?? null;
  if (!path.startsWith('/v2/models/')) return null;
  const parts = path.slice('/v2/models/'.length).split('/');
  const model = decoded(parts[0]);
  if (model === null) return null;
  const named = parts[1] === 'versions';
  const version = named ? decoded(parts[2]) : null;
  if (named && version === null) return null;
  const kind = kindOf(parts.slice(named ? 3 : 1));
  return kind === null ? null : { kind, model, version };
}

function kindOf(rest: readonly string[]): 'model' | 'modelReady' | 'infer' | null {
  if (rest.length === 0) return 'model';
  if (rest.length > 1) return null;
  return rest[0] === 'infer' ? 'infer' : rest[0] === 'ready' ? 'modelReady' : null;
}

function decoded(part: string | undefined): string | null {
  if (part === undefined || part === '') return null;
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
