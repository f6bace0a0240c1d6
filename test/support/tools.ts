import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where test/servers/install.sh puts servers and clients: `WEIR_TOOLS`, else ~/.cache/weir-tools. */
export function toolsFolder(): string {
  return process.env.WEIR_TOOLS ?? join(homedir(), '.cache', 'weir-tools');
}

/**
 * Why tests of a tool are skipped here, for `describe.skipIf`: the first of its files that is not there, and what to do. Null when all are.
 * @throws under `CI`: there a server that nobody started must not pass.
 */
export function missingTool(name: string, files: readonly string[]): string | null {
  const absent = files.find((file) => !existsSync(file));
  if (absent === undefined) return null;
  const reason = `${name} is not here: there is no ${absent}. "sh test/servers/install.sh ${name}" installs it.`;
  if (process.env.CI !== undefined && process.env.CI !== 'false') throw new Error(reason);
  console.warn(`skipped: ${reason}`);
  return reason;
}
