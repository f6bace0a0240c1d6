import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RecorderAnswer, RecorderRequest } from './recorder-request.ts';

const MAIN = fileURLToPath(new URL('recorder-main.ts', import.meta.url));
/** Of what a process said before it died. */
const LAST_CHARACTERS = 2_000;

/**
 * Records a program in a process of its own, without credentials, network, files to write or processes to start: a program that
 * crashes, or a commit's that means harm, ends with that process.
 */
export async function recordApart(request: RecorderRequest): Promise<RecorderAnswer> {
  const child = fork(MAIN, [], {
    execArgv: ['--permission', '--allow-fs-read=*', '--disable-warning=SecurityWarning'],
    env: withoutCredentials(process.env),
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
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS_|PULUMI_|KUBECONFIG$|GOOGLE_|AZURE_|NODE_OPTIONS$)/i.test(name)));
}
