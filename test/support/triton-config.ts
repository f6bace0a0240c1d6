import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { missingTool, toolsFolder } from './tools.ts';

/** What Triton's own message makes of a text: its fields by their own names, or the parser's words with line and column. */
export type ParsedConfig = { readonly config: Readonly<Record<string, unknown>> } | { readonly error: string };

const python = (): string => join(toolsFolder(), 'tritonclient', 'bin', 'python');
const script = fileURLToPath(new URL('../servers/model_config.py', import.meta.url));

/** Why no config.pbtxt can be parsed here, for `describe.skipIf`; null when it can. @throws under `CI` */
export function pbtxtMissing(): string | null {
  return missingTool('tritonclient', [python()]);
}

/** Parses texts of config.pbtxt with `model_config_pb2` of the official client, all in one process of 0.3 s. 64-bit integers are strings. */
export async function parsePbtxts(texts: readonly string[]): Promise<readonly ParsedConfig[]> {
  const child = spawn(python(), ['-I', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(texts));
  const parsed: readonly ParsedConfig[] = JSON.parse(await text(child.stdout));
  return parsed;
}

/** One of them. */
export async function parsePbtxt(config: string): Promise<ParsedConfig> {
  const [parsed] = await parsePbtxts([config]);
  return parsed ?? { error: 'no answer' };
}
