import { connect, createServer, type Socket } from 'node:net';

/** A door to a server on this machine, through which answers come up to so many bytes, and then wait. */
export interface SlowDoor extends AsyncDisposable {
  readonly port: number;
  /** Bytes that have come through. */
  readonly passed: () => number;
}

export async function slowDoor(to: number, most: number): Promise<SlowDoor> {
  const sockets = new Set<Socket>();
  let passed = 0;
  const server = createServer((outside) => {
    const inside = connect(to, '127.0.0.1');
    for (const socket of [outside, inside]) sockets.add(socket.on('error', () => undefined));
    outside.pipe(inside);
    inside.on('data', (piece) => {
      const fits = piece.subarray(0, Math.max(0, most - passed));
      passed += fits.length;
      outside.write(fits);
      if (passed >= most) inside.pause();
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => void server.close(resolve));
  };
  return { port, passed: () => passed, [Symbol.asyncDispose]: close };
}
