/** Polls until the condition holds; fails with the last state in words when it does not within the deadline. For real threads and sockets. */
export async function until(condition: () => boolean | Promise<boolean>, state: () => unknown = () => '', deadlineMs = 20_000): Promise<void> {
  const end = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`still not so after ${deadlineMs} ms: ${JSON.stringify(await state())}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
