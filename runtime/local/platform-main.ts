import { parseArgs } from 'node:util';
import { ArgsError } from '../errors.ts';
import { startPlatform } from './platform.ts';

/**
 * The platform's process. Says `{port}` to its parent once it serves, and ends in order on SIGTERM, SIGINT or when the parent is gone.
 * Exit codes: 0 ended as asked, 2 cannot start (the reason on stderr), 1 a bug.
 */
const { values } = parseArgs({ options: { state: { type: 'string' }, tenants: { type: 'string' }, port: { type: 'string' } } });

try {
  const { state = '', tenants = '', port = '0' } = values;
  const platform = await startPlatform({ state, tenants, port: Number(port), onTrouble: (text) => console.error(text) });
  process.send?.({ port: platform.port });
  let ending: Promise<void> | null = null;
  const end = (): void => {
    ending ??= platform.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', end).once('SIGINT', end).once('disconnect', end);
} catch (error) {
  console.error(error instanceof ArgsError ? error.message : error);
  process.exit(error instanceof ArgsError ? 2 : 1);
}
