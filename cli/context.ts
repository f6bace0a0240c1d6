import { writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface as openLines } from 'node:readline';
import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import { EXIT } from './exit.ts';

/** What a command may do to the world outside of the state folder: everything that a test replaces. */
export interface Context {
  /** One line, or several, on standard output. */
  out(text: string): void;
  /** Progress and errors: standard error. */
  note(text: string): void;
  /** True when a person watches standard output: colour and questions are for people. */
  readonly terminal: boolean;
  /** Red for what is wrong, bold for what the eye looks for; plain when nobody watches or NO_COLOR is set. Never the only carrier. */
  readonly paint: (style: 'red' | 'bold', text: string) => string;
  /** Asks on the terminal; anything but y or yes is no. */
  confirm(question: string): Promise<boolean>;
  /** One line of an answer, without blanks around it; null when the person ends it (Ctrl-C, Ctrl-D). */
  ask(question: string): Promise<string | null>;
  /** Milliseconds since 1970. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The real world. */
export function processContext(): Context {
  const { stdin, stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) stream.on('error', onLostOutput);
  return {
    out: (text) => void stdout.write(`${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    terminal: stdin.isTTY && stdout.isTTY,
    paint: (style, text) => styleText(style, text, { stream: stdout }), // looks at the stream, NO_COLOR and FORCE_COLOR by itself
    confirm: async (question) => {
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
      } finally {
        lines.close();
      }
    },
    ask: (question) =>
      new Promise((answer) => {
        const lines = openLines({ input: stdin, output: stderr });
        lines.once('close', () => answer(null)); // after an answer this says nothing more
        lines.question(question, (text) => {
          answer(text.trim());
          lines.close();
        });
      }),
    now: () => Date.now(),
    wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    env,
  };
}

/** `weir … | head` ends the reader first: that is no error. Anything else, such as a full disk, ends the command: its answer is lost. */
function onLostOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  try {
    writeSync(2, `weir: the output cannot be written: ${error.message}\n  Write it elsewhere, or make room.\n`);
  } catch {} // standard error is lost too, and the exit code says it
  process.exit(EXIT.cannot);
}

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly state?: string;
}

/** The state folder as an absolute path: `--state`, else WEIR_STATE, else `.weir` here. */
export function stateOf(context: Pick<Context, 'env'>, options: CommonOptions): string {
  return resolve(options.state ?? (context.env.WEIR_STATE || '.weir'));
}
