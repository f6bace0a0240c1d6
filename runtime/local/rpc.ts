import type { MessagePort, Worker } from 'node:worker_threads';

/** Calls between two threads: each side offers functions of plain data and calls the other's by name. */
export interface Rpc {
  /** `Answer` is what the other side's handler gives: both sides are this program's own code, of one version. */
  call<Answer = void>(method: string, ...args: readonly unknown[]): Promise<Answer>;
  /** Fire and forget. */
  tell(method: string, ...args: readonly unknown[]): void;
  /** Rejects everything that waits, and what is asked from now on: the other side is gone. */
  fail(error: Error): void;
}

/** What a side offers. Arguments arrive as they were sent: both sides are this program's own code, of one version. */
export type Handlers = Readonly<Record<string, (...args: never[]) => unknown>>;

type Message =
  | { readonly kind: 'call'; readonly id: number | null; readonly method: string; readonly args: readonly unknown[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: unknown };

export function createRpc(port: Pick<MessagePort | Worker, 'postMessage' | 'on'>, handlers: Handlers, onStray: (error: unknown) => void): Rpc {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let next = 0;
  let gone: Error | null = null;

  const serve = async (message: Extract<Message, { kind: 'call' }>): Promise<void> => {
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both sides are this program's own code, of one version
      const handler = handlers[message.method] as ((...args: readonly unknown[]) => unknown) | undefined;
      if (handler === undefined) throw new Error(`no such call: ${message.method}`);
      const value = await handler(...message.args);
      if (message.id !== null) port.postMessage({ kind: 'answer', id: message.id, value } satisfies Message);
    } catch (error) {
      if (message.id === null) onStray(error);
      else port.postMessage({ kind: 'error', id: message.id, error } satisfies Message);
    }
  };

  port.on('message', (message: Message) => {
    if (message.kind === 'call') {
      void serve(message);
      return;
    }
    const waiter = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'answer') waiter?.resolve(message.value);
    else waiter?.reject(message.error);
  });

  return {
    call<Answer>(method: string, ...args: readonly unknown[]): Promise<Answer> {
      if (gone !== null) return Promise.reject(gone);
      const id = next++;
      return new Promise((resolve, reject) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see `call`
        waiting.set(id, { resolve: (value) => resolve(value as Answer), reject });
        port.postMessage({ kind: 'call', id, method, args } satisfies Message);
      });
    },
    tell: (method, ...args) => port.postMessage({ kind: 'call', id: null, method, args } satisfies Message),
    fail(error) {
      gone = error;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}
