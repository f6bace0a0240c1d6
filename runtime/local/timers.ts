import { messageOf } from '../errors.ts';

/** Work that repeats: never twice at once, and an error is told (once while it lasts) and tried again at the next turn. */
export interface Timer {
  /** Resolves when the work under way has ended; none starts afterwards. */
  stop(): Promise<void>;
}

export function every(ms: number, onTrouble: (text: string) => void, work: () => Promise<void>): Timer {
  let running: Promise<void> | null = null;
  let said = '';
  const run = async (): Promise<void> => {
    try {
      await work();
      said = '';
    } catch (error) {
      const text = messageOf(error);
      if (text !== said) onTrouble(text);
      said = text;
    }
  };
  const timer = setInterval(() => {
    if (running !== null) return;
    running = run().finally(() => {
      running = null;
    });
  }, ms);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
