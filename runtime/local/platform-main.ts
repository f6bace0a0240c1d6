import { parseArgs } from 'node:util';
import { ArgsError } from '../errors.ts';
import { type Platform, startPlatform } from './platform.ts';
import type { PlatformWord } from './platform-process.ts';

/**
 * The platform's process. Says one `PlatformWord` to its parent, and ends in order on SIGTERM, SIGINT or when the parent is gone.
 * Exit codes: 0 ended as asked, 2 cannot start (the reason on stderr), 1 a bug.
 */
const { values } = parseArgs({ options: { state: { type: 'string' }, tenants: { type: 'string' }, port: { type: 'string' } } });

try {
  const { state = '', tenants = '', port = '0' } = values;
  let platform: Platform | null = null;
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    if (platform === null)
      process.exit(0); // still starting: nothing was acknowledged, and a start may be cut off anywhere
    else void platform.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', end).once('SIGINT', end).once('disconnect', end); // first of all: a parent that dies meanwhile leaves no orphan
  platform = await startPlatform({ state, tenants, port: Number(port), onTrouble: (text) => console.error(text) });
  process.send?.({ port: platform.port } satisfies PlatformWord);
} catch (error) {
  if (error instanceof ArgsError && process.send !== undefined) {
    const { path, problem, remedy } = error;
    process.send({ refused: { path, problem, remedy } } satisfies PlatformWord, () => process.exit(2));
  } else {
    console.error(error instanceof ArgsError ? error.message : error);
    process.exit(error instanceof ArgsError ? 2 : 1);
  }
}
