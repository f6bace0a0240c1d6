/** Exit codes of every command; docs/cli.md says the same. */
export const EXIT = { fine: 0, findings: 1, cannot: 2, interrupted: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** In words, for `--help` and the docs. */
export const EXIT_CODES: readonly (readonly [number, string])[] = [
  [EXIT.fine, 'fine'],
  [EXIT.findings, 'findings: problems in files, changes, drift, a line of the tour that did not come, an action that is not answered yet'],
  [EXIT.cannot, 'cannot do it: wrong arguments, nothing there, refused'],
  [EXIT.interrupted, 'interrupted'],
];
