import { createRequire } from 'node:module';
import type { Sdks } from './check-node.ts';

/** What a program gave to a class of the SDK, before the class took what it knows. */
export interface Given {
  readonly type: string;
  readonly name: string;
  /** Keys whose value is not undefined. */
  readonly keys: readonly string[];
}

/**
 * Runs a program while the classes of these types tell what they are given. The classes copy the keys they know and drop the others in silence: a
 * misspelt key of a spread object, which TypeScript does not see either, is seen here and nowhere else.
 */
export async function withGiven<T>(
  types: ReadonlySet<string>,
  sdks: Sdks,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly given: readonly Given[] }> {
  const given: Given[] = [];
  const restore = [...types].map((type) => watch(type, sdks, given));
  try {
    return { result: await work(), given };
  } finally {
    for (const each of restore) each();
  }
}

const require = createRequire(import.meta.url);

/** The SDK's index asks its modules for a class each time it is used, so the module's export is what has to change. */
function watch(type: string, sdks: Sdks, given: Given[]): () => void {
  const place = sdks.forType(type)?.module(type) ?? null;
  if (place === null) return () => {};
  const module: Record<string, unknown> = require(place.file);
  const { className } = place;
  const real = module[className];
  if (typeof real !== 'function') throw new Error(`${place.file} exports no class ${className}`);
  module[className] = new Proxy(real, {
    construct(target, parameters: readonly unknown[], by) {
      const [name, args] = parameters;
      const keys = Object.entries(typeof args === 'object' && args !== null ? args : {}).flatMap(([key, value]) =>
        value === undefined ? [] : [key],
      );
      given.push({ type, name: String(name), keys });
      const made: object = Reflect.construct(target, parameters, by === module[className] ? target : by);
      return made;
    },
  });
  return () => {
    module[className] = real;
  };
}
