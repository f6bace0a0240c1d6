import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { ArgsError } from '../../runtime/errors.ts';
import { createRpc } from '../../runtime/local/rpc.ts';

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

function pair(handlers: Parameters<typeof createRpc>[1], strays: unknown[] = []) {
  const channel = new MessageChannel();
  channels.push(channel);
  createRpc(channel.port2, handlers, (error) => strays.push(error));
  return createRpc(channel.port1, {}, (error) => strays.push(error));
}

test('a call gives the other thread’s answer, in whatever order answers come', async () => {
  const gate = Promise.withResolvers<string>();
  const rpc = pair({ slow: () => gate.promise, quick: (n: number) => n + 1 });
  const slow = rpc.call('slow');
  expect(await rpc.call('quick', 41)).toBe(42);
  gate.resolve('done');
  expect(await slow).toBe('done');
});

test('an error on the other side arrives as an error with its message', async () => {
  const rpc = pair({
    fail: () => {
      throw new ArgsError('log', 'is full', 'Free some space.');
    },
  });
  await expect(rpc.call('fail')).rejects.toThrow('log  is full');
  await expect(rpc.call('nothing')).rejects.toThrow('no such call: nothing');
});

test('when the other thread is gone, whoever waits is told', async () => {
  const rpc = pair({ never: () => new Promise(() => undefined) });
  const waiting = rpc.call('never');
  rpc.fail(new Error('the thread ended'));
  await expect(waiting).rejects.toThrow('the thread ended');
  await expect(rpc.call('never')).rejects.toThrow('the thread ended'); // a page that asks now must not wait for ever
});
