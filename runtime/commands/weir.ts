/** The first process of every container of Weir's image: `weir <command>`. It reaches the runtime alone; the person's command is cli/weir.ts. */
import { ArgsError, messageOf } from '../errors.ts';
import { type Command, EXIT, type Surroundings } from './command.ts';
import { readFlags } from './flags.ts';
import { commandHelp, imageHelp } from './help.ts';

interface Entry extends Pick<Command, 'name' | 'summary'> {
  /** Only the command that was asked for is read: an init container must not wait for what the proxy needs. */
  readonly load: () => Promise<Command>;
}

/** Those whose adapters exist (docs/image.md): the others come with theirs. */
const COMMANDS: readonly Entry[] = [
  {
    name: 'fetch',
    summary: "brings a version's files to a pod, each checked against the signed manifest",
    load: async () => (await import('./fetch.ts')).fetchCommand,
  },
  {
    name: 'proxy',
    summary: 'answers the declared fallbacks of models of which no pod lives',
    load: async () => (await import('./proxy.ts')).proxyCommand,
  },
];

const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h' || word === 'help';

async function main(args: readonly string[], around: Surroundings): Promise<number> {
  const [name, ...rest] = args;
  if (isHelp(name)) return print(imageHelp(COMMANDS));
  const entry = COMMANDS.find((command) => command.name === name);
  if (entry === undefined) {
    const known = COMMANDS.map((command) => command.name).join(', ');
    throw new ArgsError('command', name === undefined ? 'is missing' : `"${name}" is not in this image`, `There are ${known}: see --help.`);
  }
  const command = await entry.load();
  if (rest.some((word) => isHelp(word))) return print(commandHelp(command));
  return await command.run(readFlags(command.flags, rest), around);
}

function print(text: string): number {
  process.stdout.write(text);
  return EXIT.fine;
}

/** One line, whatever went wrong: a log that is read line by line shows all of it. */
function complain(error: unknown): number {
  const text = error instanceof ArgsError ? `${error.path} ${error.problem}. ${error.remedy}` : messageOf(error);
  process.stderr.write(`weir${process.argv[2] === undefined ? '' : ` ${process.argv[2]}`}: ${text.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  return EXIT.cannot;
}

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
const around: Surroundings = { env: process.env, say: (line) => void process.stdout.write(`${line}\n`), stop: stop.signal };
process.exitCode = await main(process.argv.slice(2), around).catch((error: unknown) => complain(error));
