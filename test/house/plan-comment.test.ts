import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../support/temp.ts';
import { workflowOf } from '../support/workflows.ts';

const script = Object.values(workflowOf('.github/workflows/plan-comment.yml').jobs)[0]?.steps.find(({ run }) => run !== undefined)?.run ?? '';

/** Answers from files beside it, and writes down what it was asked and given. */
const GH = `#!/bin/sh
printf '%s\\n' "$*" >> "$FAKE/asked"
case "$*" in
  *--input*) cp "$(echo "$*" | sed 's/.*--input //')" "$FAKE/sent.json" ;;
  */comments*) cat "$FAKE/comments.json" ;;
  *) cat "$FAKE/pulls.json" ;;
esac
`;

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const OURS = { id: 77, user: { type: 'Bot' }, body: '<!-- weir plan -->\nan older plan' };
const FORGED = { id: 66, user: { type: 'User' }, body: '<!-- weir plan -->\nwritten by a person' };

/** A name that git allows, and that a shell must not see as code. */
const HOSTILE = 'x$(touch$'.concat('{IFS}owned)');

interface Case {
  readonly pulls?: readonly object[];
  readonly comments?: readonly object[];
  readonly plans?: Readonly<Record<string, string>>;
  readonly branch?: string;
}

function run({ pulls = [{ number: 12, head: { sha: COMMIT } }], comments = [], plans = { 'prod.md': '# prod\n' }, branch = 'change' }: Case) {
  using folder = tempFolder();
  const at = (name: string) => join(folder.path, name);
  for (const name of ['plan', 'bin']) mkdirSync(at(name));
  writeFileSync(at('bin/gh'), GH, { mode: 0o755 });
  writeFileSync(at('pulls.json'), JSON.stringify(pulls));
  writeFileSync(at('comments.json'), JSON.stringify(comments));
  writeFileSync(at('asked'), '');
  for (const [name, text] of Object.entries(plans)) writeFileSync(at(`plan/${name}`), text);
  const env = {
    PATH: `${at('bin')}${delimiter}${process.env.PATH ?? ''}`,
    FAKE: folder.path,
    RUNNER_TEMP: folder.path,
    PLANS: at('plan'),
    REPOSITORY: 'org/platform',
    OWNER: 'stranger',
    BRANCH: branch,
    COMMIT,
    RUN_URL: 'https://github.com/org/platform/actions/runs/1',
  };
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', script], {
    env,
    cwd: folder.path,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const asked = readFileSync(at('asked'), 'utf8').trim().split('\n');
  const writes = asked.filter((line) => line.includes('--input')).map((line) => line.replace(/ --input.*/, ''));
  const body: string = writes.length === 0 ? '' : JSON.parse(readFileSync(at('sent.json'), 'utf8')).body;
  return { asked, writes, body, stdout };
}

/** GitHub's runners have it. */
const withoutJq = spawnSync('jq', ['--version']).error !== undefined;
if (withoutJq && process.env.CI !== undefined) throw new Error('jq is not here: the script of plan-comment.yml needs it');

describe.skipIf(withoutJq)('the comment with the plan', () => {
  test('is written once, with the plans of all environments in order', () => {
    const { writes, body } = run({ plans: { 'prod.md': '# prod\n', 'dev.md': '# dev\n', 'dev.sarif': '{}' } });
    expect(writes).toEqual(['api --silent --method POST repos/org/platform/issues/12/comments']);
    expect(body).toMatch(/^<!-- weir plan -->\n.*0123456789abcdef[\s\S]*# dev\n# prod\n/);
  });

  test('is updated by the next push, and one of a person is left alone', () => {
    expect(run({ comments: [FORGED, OURS] }).writes).toEqual(['api --silent --method PATCH repos/org/platform/issues/comments/77']);
    expect(run({ comments: [FORGED] }).writes).toEqual(['api --silent --method POST repos/org/platform/issues/12/comments']);
  });

  test('is not written where no open pull request is at the commit of the plan', () => {
    const { writes, stdout } = run({ pulls: [{ number: 12, head: { sha: 'f'.repeat(40) } }] });
    expect(writes).toEqual([]);
    expect(stdout).toContain('No open pull request');
  });

  test('runs nothing of what a stranger wrote, neither of a plan nor of a branch', () => {
    const { body, asked } = run({ branch: HOSTILE, plans: { '$(touch owned).md': 'hello @everyone $(touch owned)\n' } });
    expect(asked[0]).toContain(`head=stranger:${HOSTILE}`);
    expect(body).toContain('$(touch owned)');
    expect(body).not.toContain('@everyone'); // nobody is called: a blank without width stands behind the @
  });

  test('fits into a comment, whatever the plan is', () => {
    expect(run({ plans: { 'prod.md': `${'é'.repeat(50_000)}\n`, 'small.md': '@'.repeat(50_000) } }).body.length).toBeLessThan(65_536);
  });
});
