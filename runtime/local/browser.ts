import { spawn } from 'node:child_process';

/** Opens a page in the person's own browser, where there is a person (a terminal) and a browser; otherwise does nothing. */
export async function openBrowser(url: string): Promise<void> {
  if (!process.stdout.isTTY || process.env.CI !== undefined) return;
  const command = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined); // no such command: the address stands in the terminal
  child.unref();
}
