import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drainScript } from '../../../runtime/model/render/vllm-drain.ts';
import { tempFolder } from '../../support/temp.ts';

const LONGEST_STREAM = 6; // so that the whole wait is 66 s

/** A metrics page as vLLM writes it. */
function page(running: number, waiting: number): string {
  const labels = '{engine="0",model_name="assistant"}';
  return [
    '# HELP vllm:num_requests_running Number of requests in model execution batches.',
    '# TYPE vllm:num_requests_running gauge',
    `vllm:num_requests_running${labels} ${running.toFixed(1)}`,
    `vllm:num_requests_waiting${labels} ${waiting.toFixed(1)}`,
    `vllm:num_requests_running_peak${labels} 7.0`,
    `vllm:generation_tokens_total${labels} 1.234567e+06`,
    '',
  ].join('\n');
}

/** Answers these pages one after the other, the last one for ever. */
async function serve(pages: readonly string[]) {
  let asked = 0;
  const server = createServer((_, response) => response.end(pages[Math.min(asked++, pages.length - 1)]));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, asked: () => asked, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** Runs the script in a real shell, where a pause takes no time and the clock stands at the sum of all pauses. Gives that sum, seconds. */
async function drain(port: number): Promise<number> {
  using folder = tempFolder();
  const clock = join(folder.path, 'clock');
  writeFileSync(clock, '0');
  const command = (name: string, text: string) => {
    writeFileSync(join(folder.path, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder.path, name), 0o755);
  };
  command('sleep', `echo $(($(cat ${clock}) + $1)) > ${clock}`);
  command('date', `cat ${clock}`);
  const shell = spawn('/bin/sh', ['-c', drainScript(LONGEST_STREAM, port)], { env: { PATH: `${folder.path}:${process.env.PATH}` }, stdio: 'ignore' });
  await new Promise((resolve) => shell.once('exit', resolve));
  return Number(readFileSync(clock, 'utf8'));
}

test('a server without open answers goes as soon as the gateway knows', async () => {
  const server = await serve([page(0, 0)]);
  expect(await drain(server.port)).toBe(15);
  await server.close();
});

test('open answers are waited for, those that have not begun too', async () => {
  const server = await serve([page(2, 1), page(1, 0), page(0, 1), page(0, 0)]);
  expect(await drain(server.port)).toBe(15 + 3 * 2);
  expect(server.asked()).toBe(4);
  await server.close();
});

test('an answer that never ends is cut after the longest stream and a minute', async () => {
  const server = await serve([page(1, 0)]);
  expect(await drain(server.port)).toBe(15 + LONGEST_STREAM + 60);
  await server.close();
});

test('a metrics page that says nothing, or a server that does not answer, is no reason to go early', async () => {
  const server = await serve(['# nothing here\n']);
  expect(await drain(server.port)).toBe(15 + LONGEST_STREAM + 60);
  await server.close();
  expect(await drain(server.port)).toBe(15 + LONGEST_STREAM + 60);
});
