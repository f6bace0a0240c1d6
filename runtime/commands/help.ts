import type { Command } from './command.ts';

const row = (name: string, meaning: string, width: number): string => `  ${name.padEnd(width)}  ${meaning}`;

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, meaning]) => row(name, meaning, width));
}

/** What `weir --help` prints inside the image. */
export function imageHelp(commands: readonly Pick<Command, 'name' | 'summary'>[]): string {
  const rows = commands.map(({ name, summary }) => [name, summary] as const);
  return [
    "weir <command> [--flag=value …]: the processes that Weir's image runs",
    '',
    ...table(rows),
    '',
    'weir <command> --help says more.',
    '',
  ].join('\n');
}

/** What `weir <command> --help` prints inside the image. */
export function commandHelp({ name, summary, flags, variables }: Command): string {
  const rows = flags.map((flag) => [`--${flag.name}${flag.value === null ? '' : `=${flag.value}`}`, flag.meaning] as const);
  const read = variables.length === 0 ? [] : ['', 'environment', ...table(variables.map((variable) => [variable.name, variable.meaning] as const))];
  return [`weir ${name}: ${summary}`, '', ...table(rows), ...read, '', 'exit codes: 0 fine, 1 refused, 2 cannot do it, 130 interrupted', ''].join(
    '\n',
  );
}
