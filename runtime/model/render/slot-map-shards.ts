import { sha256Of } from '../../canonical-json.ts';
import { ArgsError } from '../../errors.ts';

/**
 * ConfigMaps that a slot map is spread over. Fixed: the pods mount each of them by name, and another number would restart the pool. In the
 * middle of its rollout a model of 3 inputs takes 5 KB and one of 60 takes 40: 200 of them are 1 and 8 MB, and the fullest shard has 0.05 and 0.4.
 */
export const SHARDS = 32;

/** Most bytes of data in one ConfigMap: the API server refuses more. */
const LIMIT_BYTES = 1_048_576;

/** The files of one model: all of them lie in one shard. */
export interface ShardFiles {
  readonly model: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * The files by shard, 0..31; a shard without models is empty. A model's shard follows from its name alone: were models packed by
 * size, one that grew would move others, and a file on its way between two ConfigMaps is for a moment in neither.
 * @throws ArgsError when one shard is over the limit
 */
export function shardsOf(place: string, models: readonly ShardFiles[]): readonly Readonly<Record<string, string>>[] {
  const byName = [...models].sort((one, other) => (one.model < other.model ? -1 : 1));
  return Array.from({ length: SHARDS }, (_, shard) => {
    const here = byName.filter(({ model }) => shardOf(model) === shard);
    checkSize(place, here);
    return Object.assign({}, ...here.map(({ files }) => files));
  });
}

function shardOf(model: string): number {
  return Number.parseInt(sha256Of(model).slice('sha256:'.length, 'sha256:'.length + 8), 16) % SHARDS;
}

/** Names and values in UTF-8; the API server counts the values alone. */
function checkSize(place: string, models: readonly ShardFiles[]): void {
  const sizes = models.map(({ model, files }) => ({ model, bytes: bytesOf(files) })).sort((one, other) => other.bytes - one.bytes);
  const bytes = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (bytes <= LIMIT_BYTES) return;
  const largest = sizes.slice(0, 3).map(({ model, bytes }) => `${model} (${Math.ceil(bytes / 1_024)} KiB)`);
  throw new ArgsError(
    place,
    `what the pool's pods must know of ${models.length} of its models is ${Math.ceil(bytes / 1_024)} KiB, and 1024 KiB fit`,
    `Move the largest of them to another pool: ${largest.join(', ')}.`,
  );
}

function bytesOf(files: Readonly<Record<string, string>>): number {
  return Object.entries(files).reduce((sum, [name, text]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text), 0);
}
