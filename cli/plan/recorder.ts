import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RecorderAnswer, RecorderRequest } from './recorder-request.ts';

const MAIN = fileURLToPath(new URL('recorder-main.ts', import.meta.url));
/** Of what a process said before it died. */
const LAST_CHARACTERS = 2_000;

/** This version's own program, and where V8 keeps what it compiled of it and of the SDKs: a third of the time. */
const OWN = {
  program: new URL('../../stacks/environment.ts', import.meta.url).href,
  cache: fileURLToPath(new URL('../../node_modules/.cache/weir-plan', import.meta.url)),
};

/** MiB: a graph is made once and kept, so a small young generation only copies it back and forth. */
const YOUNG = '--max-semi-space-size=64';

/**
 * Records a program in a process of its own, without credentials, network, files to write or processes to start: a program that
 * crashes, or a commit's that means harm, ends with that process.
 */
export async function recordApart(request: RecorderRequest): Promise<RecorderAnswer> {
  const isOwn = request.program === OWN.program && isThere(OWN.cache); // a commit's program may not write what a later plan reads
  const child = fork(MAIN, [], {
    execArgv: ['--permission', '--allow-fs-read=*', ...(isOwn ? [`--allow-fs-write=${OWN.cache}`] : []), '--disable-warning=SecurityWarning', YOUNG],
    env: { ...withoutCredentials(process.env), ...(isOwn ? { NODE_COMPILE_CACHE: OWN.cache } : {}) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  const said = lastWords(child);
  const answer = new Promise<RecorderAnswer>((resolve, reject) => {
    child.once('message', (message: RecorderAnswer) => resolve(message)).once('error', reject);
    child.once('close', (code, signal) => {
      const stack = request.stacks.at(-1)?.stack ?? '';
      resolve({ kind: 'crashed', stack, message: `the process ended with ${signal ?? String(code)} and no answer\n${said()}`.trimEnd() });
    });
  });
  child.send(request);
  return answer;
}

/** Packages may lie where this user cannot write: then it takes longer. */
function isThere(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

/** A program may write to its own output; it is kept for the case that it dies. */
function lastWords({ stdout, stderr }: ChildProcess): () => string {
  let text = '';
  for (const stream of [stdout, stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-LAST_CHARACTERS);
    });
  return () => text;
}

/** What names a cloud's account, or a backend of Pulumi's, is not handed on. */
export function withoutCredentials(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(AWS_|PULUMI_|KUBECONFIG$|GOOGLE_|AZURE_|NODE_OPTIONS$|NODE_COMPILE_CACHE$)/i.test(name)),
  );
}
