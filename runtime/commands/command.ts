import type { Flag, Given } from './flags.ts';

/** How a command ends, as the person's command does (docs/cli.md). */
export const EXIT = { fine: 0, refused: 1, cannot: 2, interrupted: 130 } as const;

/** What a process is given by whoever started it. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** One line of the container's log. */
  readonly say: (line: string) => void;
  /** Aborted by SIGTERM and SIGINT. As the first process of a container nothing ends it but itself. */
  readonly stop: AbortSignal;
}

/** A variable that a command reads. */
export interface Variable {
  readonly name: string;
  readonly meaning: string;
}

/** What a container of the image can be started as. */
export interface Command {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly flags: readonly Flag[];
  readonly variables: readonly Variable[];
  /** Resolves with the exit code. @throws ArgsError for a wrong flag or variable: exit code 2 */
  run(given: Given, around: Surroundings): Promise<number>;
}
