/** One line of the transcript: what a record said, and where that record lies. */
export interface Line {
  readonly at: string;
  readonly text: string;
  /** The record it was read from: an audit id, a path below the state folder, or `client` for what the client counted. */
  readonly record: string;
}

/** Prints the tour as it happens; `--json` prints each line as a JSON object instead. */
export interface Transcript {
  part(number: number, title: string): void;
  line(line: Line): void;
  failed(text: string): void;
  note(text: string): void;
}

export function createTranscript(write: (text: string) => void, json: boolean): Transcript {
  const say = (kind: string, fields: Readonly<Record<string, unknown>>, text: string): void =>
    write(json ? JSON.stringify({ kind, ...fields }) : text);
  return {
    part: (number, title) => say('part', { number, title }, `\n${number}  ${title}`),
    line: (line) => say('line', { ...line }, `   ${clockTime(line.at)}  ${line.text}  [${line.record}]`),
    failed: (text) => say('failed', { text }, `   FAILED    ${text}`),
    note: (text) => say('note', { text }, text),
  };
}

function clockTime(iso: string): string {
  return new Date(iso).toTimeString().slice(0, 8);
}
